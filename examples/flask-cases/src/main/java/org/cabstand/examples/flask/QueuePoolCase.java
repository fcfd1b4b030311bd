package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.cabstand.Pool;

/** {@code QueuePool} with {@code pool_size}, {@code max_overflow} and {@code pool_timeout}. */
@Path("queue-pool/count")
@RequestScoped
public class QueuePoolCase {

    @Inject
    @Pool("queue-pool")
    Connection db;

    @GET
    public long count() throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select count(*) from users");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
