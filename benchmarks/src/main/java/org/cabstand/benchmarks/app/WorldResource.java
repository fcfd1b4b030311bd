package org.cabstand.benchmarks.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.cabstand.Pool;

/**
 * TechEmpower's single query, 20 queries and 20 updates.
 *
 * @see <a href="https://github.com/TechEmpower/FrameworkBenchmarks/wiki/Project-Information-Framework-Tests-Overview">what
 *     the cases are</a>
 */
@Path("{source}")
@RequestScoped
@Produces("application/json")
public class WorldResource {

    private static final int ROWS = 10_000;
    private static final int MANY = 20;

    @Inject
    @Pool("world")
    private Connection injected;

    @Inject
    @Pool("world")
    private DataSource ours;

    @Inject private ServerDataSource server;

    private interface Work {
        Map<Integer, Integer> on(Connection connection) throws SQLException;
    }

    /** One row. */
    @GET
    @Path("single")
    public String single(@PathParam("source") String source) throws SQLException {
        return json(with(source, connection -> read(connection, 1)));
    }

    /** Rows, one query for each. */
    @GET
    @Path("queries")
    public String queries(@PathParam("source") String source) throws SQLException {
        return json(with(source, connection -> read(connection, MANY)));
    }

    /** Rows, read one by one and written in one batch. */
    @GET
    @Path("updates")
    public String updates(@PathParam("source") String source) throws SQLException {
        return json(
                with(
                        source,
                        connection -> {
                            Map<Integer, Integer> rows = read(connection, MANY);
                            rows.replaceAll((id, number) -> random());
                            write(connection, rows);
                            return rows;
                        }));
    }

    private Map<Integer, Integer> with(String source, Work work) throws SQLException {
        switch (source) {
            case "injected":
                return work.on(injected);
            case "data-source":
                return with(ours, work);
            case "server":
                return with(server.get(), work);
            default:
                throw new IllegalArgumentException(source);
        }
    }

    private static Map<Integer, Integer> with(DataSource dataSource, Work work)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        }
    }

    /** Reads rows in the order of their ids, so that two batches cannot deadlock. */
    private static Map<Integer, Integer> read(Connection connection, int count)
            throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select randomnumber from world where id = ?")) {
            while (rows.size() < count) {
                int id = random();
                select.setInt(1, id);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    rows.put(id, row.getInt(1));
                }
            }
        }
        return rows;
    }

    private static void write(Connection connection, Map<Integer, Integer> rows)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update world set randomnumber = ? where id = ?")) {
            for (Map.Entry<Integer, Integer> row : rows.entrySet()) {
                update.setInt(1, row.getValue());
                update.setInt(2, row.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(ROWS) + 1;
    }

    private static String json(Map<Integer, Integer> rows) {
        return rows.entrySet().stream()
                .map(
                        row ->
                                "{\"id\":%d,\"randomNumber\":%d}"
                                        .formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
