package org.cabstand.benchmarks;

import jakarta.enterprise.context.control.RequestContextController;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.benchmarks.stub.StubDriver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of a request on Weld, over a database that costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestBenchmark {

    private static final String SQL = "select 1";

    private Application application;
    private RequestContextController request;
    private Connection injected;
    private Connection produced;
    private DataSource dataSource;

    @Setup
    public void start() throws SQLException {
        application = new Application(Peer.settings("main", StubDriver.URL, 8), Producer.class);
        request = application.get(RequestContextController.class);
        injected = application.get(Connection.class);
        dataSource = application.get(DataSource.class);
        Peer.fill(dataSource, 8);
        application.get(Producer.class).from(dataSource);
        produced = application.get(Connection.class, Producer.ByHand.Literal.INSTANCE);
    }

    @TearDown
    public void stop() {
        application.close();
    }

    @Benchmark
    public boolean emptyRequest() {
        boolean activated = request.activate();
        request.deactivate();
        return activated;
    }

    @Benchmark
    public boolean byHand() throws SQLException {
        request.activate();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute(SQL);
        } finally {
            request.deactivate();
        }
    }

    @Benchmark
    public boolean injected() throws SQLException {
        return request(injected);
    }

    @Benchmark
    public boolean produced() throws SQLException {
        return request(produced);
    }

    private boolean request(Connection proxy) throws SQLException {
        request.activate();
        try (Statement statement = proxy.createStatement()) {
            return statement.execute(SQL);
        } finally {
            request.deactivate();
        }
    }

    /** One request that makes many calls. */
    @State(Scope.Thread)
    public static class Running {

        private Connection proxy;
        private Connection handle;
        private RequestBenchmark benchmark;

        @Setup
        public void activate(RequestBenchmark benchmark) throws SQLException {
            this.benchmark = benchmark;
            benchmark.request.activate();
            proxy = benchmark.injected;
            try (Statement statement = proxy.createStatement()) {
                handle = statement.getConnection();
            }
        }

        @TearDown
        public void deactivate() {
            benchmark.request.deactivate();
        }
    }

    @Benchmark
    public boolean callOfTheProxy(Running running) throws SQLException {
        return running.proxy.getAutoCommit();
    }

    @Benchmark
    public boolean callOfTheHandle(Running running) throws SQLException {
        return running.handle.getAutoCommit();
    }
}
