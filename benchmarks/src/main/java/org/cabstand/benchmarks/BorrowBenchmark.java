package org.cabstand.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
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

/** One borrow and one return, over a database that costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BorrowBenchmark {

    @Param public Peer peer;

    @Param({"32", "8"})
    public int size;

    private Peer.Pool pool;
    private DataSource dataSource;

    @Setup
    public void open() throws SQLException {
        pool = peer.open(StubDriver.URL, size);
        dataSource = pool.dataSource();
    }

    @TearDown
    public void close() {
        pool.close();
    }

    @Benchmark
    public Connection borrowAndReturn() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.close();
        return connection;
    }
}
