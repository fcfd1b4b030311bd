package org.cabstand.benchmarks;

import jakarta.enterprise.context.control.RequestContextController;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A request on Weld SE that selects one row from PostgreSQL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PostgresBenchmark {

    static final String URL = "benchmark.url";
    static final int SIZE = 8;

    /** Where the request has its connection from. */
    public enum Source {
        INJECTED("Cabstand, injected"),
        DATA_SOURCE("Cabstand, DataSource"),
        AGROAL("Agroal"),
        AGROAL_PRODUCED("Agroal, by a producer and a disposer"),
        HIKARI("HikariCP"),
        NEW("a new connection each time");

        final String label;

        Source(String label) {
            this.label = label;
        }
    }

    @Param public Source source;

    private Application application;
    private Peer.Pool peer;
    private DataSource dataSource;
    private Connection injected;

    /** The controller of a thread's requests. */
    @State(Scope.Thread)
    public static class Requests {

        private RequestContextController controller;

        @Setup
        public void find(PostgresBenchmark benchmark) {
            controller = benchmark.application.get(RequestContextController.class);
        }
    }

    @Setup
    public void start() throws SQLException {
        String url = System.getProperty(URL);
        Map<String, String> settings = new HashMap<>(Peer.settings("main", url, SIZE));
        boolean ours = source == Source.INJECTED || source == Source.DATA_SOURCE;
        settings.put("cabstand.pool.main.min-size", ours ? Integer.toString(SIZE) : "0");
        application = new Application(settings, Producer.class);
        switch (source) {
            case INJECTED, DATA_SOURCE -> {
                if (source == Source.INJECTED) {
                    injected = application.get(Connection.class);
                }
                dataSource = application.get(DataSource.class);
                Peer.fill(dataSource, SIZE);
            }
            case AGROAL, AGROAL_PRODUCED -> peer = Peer.AGROAL.open(url, SIZE);
            case HIKARI -> peer = Peer.HIKARI.open(url, SIZE);
            case NEW -> {
                // nothing is kept
            }
        }
        if (peer != null) {
            dataSource = peer.dataSource();
        }
        if (source == Source.AGROAL_PRODUCED) {
            application.get(Producer.class).from(dataSource);
            injected = application.get(Connection.class, Producer.ByHand.Literal.INSTANCE);
        }
    }

    @TearDown
    public void stop() {
        if (peer != null) {
            peer.close();
        }
        application.close();
    }

    @Benchmark
    public int request(Requests requests) throws SQLException {
        requests.controller.activate();
        try {
            if (injected != null) {
                return select(injected);
            }
            try (Connection connection =
                    source == Source.NEW
                            ? DriverManager.getConnection(System.getProperty(URL))
                            : dataSource.getConnection()) {
                return select(connection);
            }
        } finally {
            requests.controller.deactivate();
        }
    }

    private static int select(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select randomnumber from world where id = ?")) {
            statement.setInt(1, ThreadLocalRandom.current().nextInt(Postgres.ROWS) + 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
