package org.cabstand.benchmarks;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.cabstand.benchmarks.stub.StubDriver;

/**
 * Runs many virtual threads over few connections, in a process of its own, on a JDK that has them.
 *
 * <p>Each thread borrows, keeps the connection for a millisecond as if a database were at work, and gives it back,
 * again and again. {@link VirtualSuite} reads the last line that it prints.
 */
final class VirtualThreads {

    static final int THREADS = 1_000;
    static final int CONNECTIONS = 10;

    private static final long WORK_MILLIS = 1;

    private final DataSource dataSource;
    private final long begin;
    private final long end;
    private final CountDownLatch done = new CountDownLatch(THREADS);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** The waits of each thread, written by it before it counts {@code done} down. */
    private final long[][] waits = new long[THREADS][];

    private VirtualThreads(DataSource dataSource, int seconds) {
        this.dataSource = dataSource;
        this.begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        this.end = begin + TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        Peer peer = Peer.valueOf(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        try (Peer.Pool pool = peer.open(StubDriver.URL, CONNECTIONS)) {
            new VirtualThreads(pool.dataSource(), seconds).run(seconds);
        }
    }

    private void run(int seconds) throws Exception {
        // not in the API of the JDK that this is compiled for
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        for (int i = 0; i < THREADS; i++) {
            int index = i;
            Runnable worker = () -> work(index);
            start.invoke(null, worker);
        }
        done.await();
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        long[] all = Arrays.stream(waits).flatMapToLong(LongStream::of).sorted().toArray();
        long[] shares = Arrays.stream(waits).mapToLong(w -> w.length).sorted().toArray();
        System.out.printf(
                "%f %f %f %f%n",
                (double) all.length / seconds,
                all[(int) (all.length * 0.99)] / 1e6,
                all[all.length - 1] / 1e6,
                100.0 * shares[0] * THREADS / all.length);
    }

    private void work(int index) {
        LongStream.Builder own = LongStream.builder();
        try {
            for (long asked = System.nanoTime(); asked - end < 0; asked = System.nanoTime()) {
                try (Connection connection = dataSource.getConnection()) {
                    if (asked - begin >= 0) {
                        own.add(System.nanoTime() - asked);
                    }
                    Thread.sleep(connection.isClosed() ? 0 : WORK_MILLIS);
                }
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        } finally {
            waits[index] = own.build().toArray();
            done.countDown();
        }
    }
}
