package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cabstand.Pool;

/** Runs SQL on the request's connection, whatever the database. */
@Path("sql/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class SqlResource {

    @Inject @Any Instance<Connection> connections;

    /** Answers with the first value of the last statement, where it has one. */
    @GET
    public String run(
            @PathParam("pool") String pool,
            @QueryParam("sql") List<String> statements,
            @QueryParam("auto-commit") @DefaultValue("true") boolean autoCommit,
            @QueryParam("close") boolean close)
            throws SQLException {
        Connection connection = connection(pool);
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
        String answer = "";
        for (String sql : statements) {
            answer = value(connection, sql);
            if (close) {
                connection.close();
            }
        }
        return answer;
    }

    /** Answers with the isolation level that it found. */
    @GET
    @Path("isolation")
    public int isolation(
            @PathParam("pool") String pool, @QueryParam("then") @DefaultValue("0") int level)
            throws SQLException {
        Connection connection = connection(pool);
        int before = connection.getTransactionIsolation();
        if (level != 0) {
            connection.setTransactionIsolation(level);
        }
        return before;
    }

    private Connection connection(String pool) {
        return connections.select(Pool.Literal.of(pool)).get();
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? String.valueOf(result.getObject(1)) : "";
            }
        }
    }
}
