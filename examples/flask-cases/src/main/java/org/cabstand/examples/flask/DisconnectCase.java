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

/** {@code pool_pre_ping} and {@code pool_recycle}: each returns the number of its PostgreSQL session. */
@Path("disconnect")
@RequestScoped
public class DisconnectCase {

    @Inject
    @Pool("pre-ping")
    Connection prePing;

    @Inject
    @Pool("no-ping")
    Connection noPing;

    @Inject
    @Pool("recycle")
    Connection recycle;

    @GET
    @Path("pre-ping")
    public long prePing() throws SQLException {
        return session(prePing);
    }

    @GET
    @Path("no-ping")
    public long noPing() throws SQLException {
        return session(noPing);
    }

    @GET
    @Path("recycle")
    public long recycle() throws SQLException {
        return session(recycle);
    }

    private static long session(Connection db) throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select pg_backend_pid()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
