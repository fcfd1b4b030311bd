package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Says what a {@link TenantCustomizer} has left for it, by both ways to a connection. */
@Path("tenant")
@RequestScoped
public class TenantResource {

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject
    @Pool("orders")
    DataSource dataSource;

    @GET
    public String tenant() throws SQLException {
        String shown = "select current_setting('application_name')";
        try (Connection borrowed = dataSource.getConnection()) {
            return Sql.single(connection, shown) + " " + Sql.single(borrowed, shown);
        }
    }
}
