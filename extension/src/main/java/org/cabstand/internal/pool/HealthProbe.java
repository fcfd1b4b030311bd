package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cabstand.internal.monitor.PoolState;

/**
 * Finds out whether a pool can serve: its database answers, whether or not all connections are in use.
 *
 * <p>Concurrent askers share one check, its result is fresh for a second, and nobody waits longer than
 * {@code health.timeout}. A check borrows like everybody else: it opens no connection beyond {@code
 * max-size}.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the current check.
 */
public final class HealthProbe {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * What was found out.
     *
     * @param up whether the pool can serve
     * @param state the pool's counts, the check's own borrow aside
     * @param reason why not, without secrets; null when it is up
     */
    public record Answer(boolean up, PoolState state, String reason) {}

    private final NamedPool pool;

    /** The latest check, running or done. */
    private CompletableFuture<Answer> check;

    /** When it ended; written by the check before it is done. */
    private volatile long endedAt;

    HealthProbe(NamedPool pool) {
        this.pool = pool;
    }

    /**
     * The pool's health; never throws, never waits longer than {@code health.timeout}.
     *
     * @return a result that is no older than a second
     */
    public Answer ask() {
        Duration timeout = pool.settings().healthTimeout();
        try {
            return current().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return down("no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down("interrupted");
        } catch (ExecutionException e) {
            return down(e.getCause().toString());
        }
    }

    private synchronized CompletableFuture<Answer> current() {
        if (check == null || check.isDone() && System.nanoTime() - endedAt >= FRESH_NANOS) {
            CompletableFuture<Answer> next = new CompletableFuture<>();
            check = next;
            try {
                pool.execute(() -> run(next));
            } catch (RejectedExecutionException e) {
                next.complete(down("the pool is closed"));
            } catch (OutOfMemoryError e) {
                // no thread: those who ask next must not wait for this one
                next.complete(down(e.toString()));
            }
        }
        return check;
    }

    private void run(CompletableFuture<Answer> result) {
        Answer answer;
        try {
            answer = check();
        } catch (InterruptedException e) {
            answer = down("the pool is closing");
        } catch (SQLException e) {
            answer = down(e.getMessage());
        } catch (Throwable e) {
            // an Error of a driver must not leave those who ask without an answer
            answer = down(e.toString());
        }
        endedAt = System.nanoTime();
        result.complete(answer);
    }

    private Answer check() throws SQLException, InterruptedException {
        PoolState state = pool.state();
        Deadline deadline = Deadline.after(pool.settings().healthTimeout());
        do {
            PoolEntry idle = pool.takeIdle();
            if (idle == null) {
                return withoutIdle(deadline);
            }
            if (pool.check(idle, deadline)) {
                return new Answer(true, state, null);
            }
        } while (!deadline.hasPassed());
        return down("connections fail their validation");
    }

    /** A new connection tells most; a full pool is judged by what was heard last. */
    private Answer withoutIdle(Deadline deadline) throws SQLException, InterruptedException {
        CompletableFuture<Void> opening = pool.tryToOpen();
        if (opening == null) {
            return pool.isInTrouble()
                    ? down("all connections are in use, and the last news of the database is bad")
                    : new Answer(true, pool.state(), null);
        }
        try {
            opening.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            PoolEntry opened = pool.takeIdle(); // null when somebody was quicker
            return opened == null || pool.check(opened, deadline)
                    ? new Answer(true, pool.state(), null)
                    : down("connections fail their validation");
        } catch (TimeoutException e) {
            return down(
                    "no connection could be opened within "
                            + pool.settings().healthTimeout().toMillis()
                            + " ms");
        } catch (ExecutionException e) {
            return e.getCause() instanceof SQLException error && pool.isFullAtDatabase(error)
                    ? new Answer(true, pool.state(), null)
                    : down(e.getCause().getMessage());
        }
    }

    private Answer down(String reason) {
        return new Answer(false, pool.state(), reason);
    }
}
