package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Says by both ways to a connection, in one transaction, whose database it meets and who customized it. */
@Path("packaged")
@RequestScoped
public class PackagedResource {

    private static final String SHOWN =
            "select current_database() || ' ' || current_setting('application_name')";

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject
    @Pool("orders")
    DataSource dataSource;

    @GET
    @Transactional
    public String shown() throws SQLException {
        try (Connection borrowed = dataSource.getConnection()) {
            return Sql.single(connection, SHOWN) + " " + Sql.single(borrowed, SHOWN);
        }
    }
}
