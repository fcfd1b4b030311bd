package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Tells the state of the connection that it gets, and changes all of it when asked to. */
@Path("state")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class StateResource {

    @Inject Work work;

    @GET
    public String state(@QueryParam("via") Via via) throws SQLException, IOException {
        StringBuilder state = new StringBuilder();
        work.run(via, connection -> describe(connection, state));
        return state.toString();
    }

    @GET
    @Path("changed")
    public String changed(@QueryParam("via") Via via) throws SQLException, IOException {
        StringBuilder state = new StringBuilder();
        work.run(
                via,
                connection -> {
                    change(connection);
                    describe(connection, state);
                });
        return state.toString();
    }

    /** Outside a transaction, as PostgreSQL undoes such changes with the transaction that made them. */
    private static void change(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        connection.setSchema("other");
        connection.setClientInfo("ApplicationName", "changed");
        connection.setNetworkTimeout(Runnable::run, 12_345);
        connection.setTypeMap(Map.of("mood", String.class));
        connection.setAutoCommit(!autoCommit);
    }

    private static void describe(Connection connection, StringBuilder state) throws SQLException {
        // first what costs no round trip: the others open a transaction
        state.append("auto-commit=").append(connection.getAutoCommit());
        state.append("\nread-only=").append(connection.isReadOnly());
        state.append("\nholdability=").append(connection.getHoldability());
        state.append("\nclient-info=").append(connection.getClientInfo("ApplicationName"));
        state.append("\nnetwork-timeout=").append(connection.getNetworkTimeout());
        state.append("\ntype-map=").append(connection.getTypeMap());
        state.append("\nisolation=").append(connection.getTransactionIsolation());
        state.append("\nschema=").append(connection.getSchema());
        state.append("\npid=").append(Sql.backendPid(connection)).append('\n');
    }
}
