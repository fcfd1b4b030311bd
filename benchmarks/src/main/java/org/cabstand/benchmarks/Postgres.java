package org.cabstand.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own with TechEmpower's table of 10,000 rows, gone when closed. */
final class Postgres implements AutoCloseable {

    static final int ROWS = 10_000;

    private final EmbeddedPostgres server;

    Postgres() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table world (id integer primary key, randomnumber integer not null)");
            statement.execute(
                    "insert into world select i, 1 + random() * 9999 from generate_series(1, %d) i"
                            .formatted(ROWS));
            statement.execute("vacuum analyze world");
        }
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    String urlWithoutUser() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
