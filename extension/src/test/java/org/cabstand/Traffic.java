package org.cabstand;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Threads that do requests one after the other, each with a connection of the pool, and note what failed. */
final class Traffic implements AutoCloseable {

    /** A request's use of its connection. */
    interface Work {
        void run(Connection connection) throws Exception;
    }

    /**
     * A request that failed.
     *
     * @param began by {@link System#nanoTime()}
     * @param ended by {@link System#nanoTime()}
     * @param borrowed false when it never had a connection
     */
    record Failure(long began, long ended, boolean borrowed, Exception error) {}

    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private final DataSource pool;
    private final Work work;

    Traffic(int count, DataSource pool, Work work) {
        this.pool = pool;
        this.work = work;
        add(count);
        serve(count);
    }

    void add(int count) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::requests, "traffic-" + threads.size());
            threads.add(thread);
            thread.start();
        }
    }

    private void requests() {
        while (!over) {
            long began = System.nanoTime();
            boolean borrowed = false;
            try (Connection connection = pool.getConnection()) {
                borrowed = true;
                work.run(connection);
                served.incrementAndGet();
            } catch (Exception e) {
                failures.add(new Failure(began, System.nanoTime(), borrowed, e));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Waits until so many more requests were served. */
    void serve(long more) {
        long target = served.get() + more;
        await().atMost(Duration.ofSeconds(60)).until(() -> served.get() >= target);
    }

    long served() {
        return served.get();
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Requests that had a connection and lost it. */
    List<Failure> lost() {
        return failures.stream().filter(Failure::borrowed).toList();
    }

    /** Requests that began after a moment and failed. */
    List<Failure> begunAfter(long moment) {
        return failures.stream().filter(failure -> failure.began() - moment > 0).toList();
    }

    /** From a moment to the end of the last failure. */
    Duration healedAfter(long moment) {
        long last = moment;
        for (Failure failure : failures) {
            last = Math.max(last, failure.ended());
        }
        return Duration.ofNanos(last - moment);
    }

    @Override
    public void close() {
        over = true;
        await().atMost(Duration.ofSeconds(60))
                .until(() -> threads.stream().noneMatch(Thread::isAlive));
    }
}
