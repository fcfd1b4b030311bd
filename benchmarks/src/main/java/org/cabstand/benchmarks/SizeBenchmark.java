package org.cabstand.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.benchmarks.stub.StubDriver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Borrow and return of large pools, all of whose connections are open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SizeBenchmark {

    /** How many of the other connections are in use. */
    public enum Others {
        IDLE,
        IN_USE
    }

    @Param public Peer peer;

    @Param({"10", "100", "1000"})
    public int size;

    @Param public Others others;

    private Peer.Pool pool;
    private DataSource dataSource;
    private final List<Connection> held = new ArrayList<>();

    @Setup
    public void open() throws SQLException {
        pool = peer.open(StubDriver.URL, size);
        dataSource = pool.dataSource();
        for (int i = 1; i < size && others == Others.IN_USE; i++) {
            held.add(dataSource.getConnection());
        }
    }

    @TearDown
    public void close() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        pool.close();
    }

    @Benchmark
    public Connection borrowAndReturn() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.close();
        return connection;
    }
}
