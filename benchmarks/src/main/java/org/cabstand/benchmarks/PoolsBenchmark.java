package org.cabstand.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.cabstand.benchmarks.stub.StubDriver;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Borrow and return in an application with many pools. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolsBenchmark {

    @Param({"1", "10", "100", "1000"})
    public int pools;

    private Application application;
    private DataSource[] dataSources;
    private int next;

    @Setup
    public void open() throws SQLException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < pools; i++) {
            settings.putAll(Peer.settings("p" + i, StubDriver.URL, 1));
        }
        application = new Application(settings);
        dataSources = new DataSource[pools];
        for (int i = 0; i < pools; i++) {
            DataSource injected = application.get(DataSource.class, Pool.Literal.of("p" + i));
            dataSources[i] = new PoolDataSource(injected.unwrap(ConnectionSource.class));
            Peer.fill(dataSources[i], 1);
        }
    }

    @TearDown
    public void close() {
        application.close();
    }

    @Benchmark
    public Connection alwaysTheSame() throws SQLException {
        return borrowAndReturn(dataSources[0]);
    }

    /** Uses each pool in turn, so that none is in the processor's caches. */
    @Benchmark
    public Connection eachInTurn() throws SQLException {
        next = next + 1 == pools ? 0 : next + 1;
        return borrowAndReturn(dataSources[next]);
    }

    private static Connection borrowAndReturn(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.close();
        return connection;
    }
}
