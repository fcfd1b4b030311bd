package org.cabstand.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.cabstand.benchmarks.stub.StubDriver;

/**
 * Measures a crowd of threads that waits while all connections are in use, and is served when they are returned. It
 * runs in a process of its own, and {@link WaitingSuite} reads the last line that it prints.
 */
final class Waiting {

    static final int CONNECTIONS = 10;

    /**
     * Crowds of the same size that are served before, for longer than the pools' housekeeping needs to run once: a JVM
     * is measured that has loaded and compiled everything.
     */
    private static final int WARM_UPS = 10;

    /** Time for the threads to start and to find no connection. */
    private static final long MILLIS_TO_GATHER = 2_000;

    private static final long MILLIS_TO_GATHER_WHEN_COLD = 700;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final DataSource dataSource;
    private final int count;
    private final boolean virtual;
    private final long workMillis;
    private final CountDownLatch started;
    private final CountDownLatch served;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Waiting(DataSource dataSource, int count, boolean virtual, long workMillis) {
        this.dataSource = dataSource;
        this.count = count;
        this.virtual = virtual;
        this.workMillis = workMillis;
        this.started = new CountDownLatch(count);
        this.served = new CountDownLatch(count);
    }

    public static void main(String[] arguments) throws Exception {
        Peer peer = Peer.valueOf(arguments[0]);
        boolean virtual = Boolean.parseBoolean(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        long workMillis = Long.parseLong(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        try (Peer.Pool pool = peer.open(StubDriver.URL, CONNECTIONS)) {
            for (int i = 0; i < WARM_UPS; i++) {
                new Waiting(pool.dataSource(), count, virtual, 0)
                        .run(MILLIS_TO_GATHER_WHEN_COLD, 0);
            }
            System.out.println(
                    new Waiting(pool.dataSource(), count, virtual, workMillis)
                            .run(MILLIS_TO_GATHER, seconds));
        }
    }

    private String run(long millisToGather, int seconds) throws Exception {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(dataSource.getConnection());
        }
        for (int i = 0; i < count; i++) {
            start(this::wait1);
        }
        started.await();
        TimeUnit.MILLISECONDS.sleep(millisToGather);
        long cpuBefore = SYSTEM.getProcessCpuTime();
        TimeUnit.SECONDS.sleep(seconds);
        long cpuWaiting = SYSTEM.getProcessCpuTime() - cpuBefore;
        long cpuBeforeServing = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        for (Connection connection : all) {
            use(connection);
            connection.close();
        }
        served.await();
        long nanos = System.nanoTime() - begin;
        long cpuServing = SYSTEM.getProcessCpuTime() - cpuBeforeServing;
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return "%f %f %f"
                .formatted(
                        100.0 * cpuWaiting / 1e9 / Math.max(1, seconds),
                        nanos / 1e9,
                        cpuServing / 1e9);
    }

    private void start(Runnable waiter) throws ReflectiveOperationException {
        if (virtual) {
            // not in the API of the JDK that this is compiled for
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            start.invoke(null, waiter);
        } else {
            new Thread(null, waiter, "waiter", 256 * 1024).start();
        }
    }

    private void wait1() {
        started.countDown();
        try (Connection connection = dataSource.getConnection()) {
            use(connection);
            if (workMillis > 0) {
                TimeUnit.MILLISECONDS.sleep(workMillis);
            }
        } catch (SQLException | InterruptedException e) {
            failure.compareAndSet(null, e);
        } finally {
            served.countDown();
        }
    }

    private static void use(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }
}
