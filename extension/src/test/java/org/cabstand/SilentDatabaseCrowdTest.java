package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A crowd before a database that accepts and says nothing: on time, and at rest. */
class SilentDatabaseCrowdTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Test
    void fiftyPlatformThreadsFailOnTimeAndTheCpuIsIdle() throws Exception {
        crowd("platform", 50, Executors.newCachedThreadPool());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aThousandVirtualThreadsFailOnTimeAndOthersGoOn() throws Exception {
        ExecutorService others = virtualThreads();
        AtomicBoolean over = new AtomicBoolean();
        Future<Long> longestPause =
                others.submit(
                        () -> {
                            long longest = 0;
                            while (!over.get()) {
                                long before = System.nanoTime();
                                TimeUnit.MILLISECONDS.sleep(1);
                                longest = Math.max(longest, System.nanoTime() - before);
                            }
                            return longest;
                        });
        crowd("virtual", 1_000, virtualThreads());
        over.set(true);
        Duration pause = Duration.ofNanos(longestPause.get(10, TimeUnit.SECONDS));
        System.out.printf("silence: another virtual thread paused for %d ms%n", pause.toMillis());
        assertThat(pause).as("another virtual thread").isLessThan(Duration.ofMillis(500));
        others.shutdownNow();
    }

    /** The build compiles for Java 17, which has none. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static void crowd(String kind, int count, ExecutorService threads) throws Exception {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                var app =
                        TestApplication.start(
                                Map.of(
                                        "cabstand.pool.test.url",
                                        "jdbc:postgresql://127.0.0.1:"
                                                + silent.getLocalPort()
                                                + "/x",
                                        "cabstand.pool.test.acquisition-timeout",
                                        TIMEOUT.toString(),
                                        "cabstand.pool.test.login-timeout",
                                        "10s"))) {
            // classes are loaded, and all room is being opened, when the crowd comes
            catchThrowable(() -> app.dataSource().getConnection());
            long cpu = process.getProcessCpuTime();
            long begun = System.nanoTime();
            List<Future<Long>> waits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                waits.add(
                        threads.submit(
                                () -> {
                                    long start = System.nanoTime();
                                    assertThat(
                                                    catchThrowable(
                                                            () -> app.dataSource().getConnection()))
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageContaining("pool 'test'");
                                    return System.nanoTime() - start;
                                }));
            }
            long longest = 0;
            for (Future<Long> wait : waits) {
                longest = Math.max(longest, wait.get(60, TimeUnit.SECONDS));
            }
            Duration used = Duration.ofNanos(process.getProcessCpuTime() - cpu);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf(
                    "silence: %d %s threads, the last one failed after %d ms of %d, CPU %d ms%n",
                    count,
                    kind,
                    TimeUnit.NANOSECONDS.toMillis(longest),
                    TIMEOUT.toMillis(),
                    used.toMillis());
            // the promise is a tenth more; the rest is for a slow machine
            assertThat(Duration.ofNanos(longest)).isLessThan(TIMEOUT.plusMillis(1_000));
            assertThat(used).as("CPU").isLessThan(took.dividedBy(2));
        } finally {
            threads.shutdownNow();
        }
    }
}
