package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.cabstand.Pool;

/** {@code mysql.connector.pooling} with {@code pool_reset_session}: each borrower gets a clean session. */
@Path("mysql-connector/visitor")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MysqlConnectorCase {

    /** A database session and its variable {@code @visitor}; null if it is not set. */
    public record Session(long id, String visitor) {}

    @Inject
    @Pool("mysql-connector")
    Connection db;

    @GET
    public Session session() throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select connection_id(), @visitor");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Session(row.getLong(1), row.getString(2));
        }
    }

    @PUT
    @Path("{name}")
    public Session remember(@PathParam("name") String name) throws SQLException {
        try (PreparedStatement set = db.prepareStatement("set @visitor = ?")) {
            set.setString(1, name);
            set.execute();
        }
        return session();
    }
}
