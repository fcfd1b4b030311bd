package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cabstand.PoolCounts;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a pool can serve, which means that its database answers, even if all connections are in use.
 *
 * <p>Concurrent callers share one check. Its result is valid for a second, and nobody waits longer than
 * {@code health.timeout}. A check borrows like everybody else and opens no connection beyond {@code max-size}.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the current check.
 */
public final class HealthProbe {

    /** The reason why a suspended pool is not ready. */
    static final String SUSPENDED = "suspended";

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * The result of a check.
     *
     * @param up whether the pool can serve
     * @param state the pool's counts, without the check's own borrow
     * @param reason why not, without secrets; null when it is up
     */
    public record Answer(boolean up, PoolCounts state, @Nullable String reason) {}

    private final PoolSettings settings;
    private final Gate gate;
    private final Database database;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final IdleConnections idle;
    private final Opener opener;
    private final Validator validator;
    private final Suspicion suspicion;
    private final PoolExecutor threads;

    /** The latest check, running or done. */
    private @Nullable CompletableFuture<Answer> check;

    /** When it ended; written by the check before it is done. */
    private volatile long endedAt;

    HealthProbe(
            PoolSettings settings,
            Gate gate,
            Database database,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            IdleConnections idle,
            Opener opener,
            Validator validator,
            Suspicion suspicion,
            PoolExecutor threads) {
        this.settings = settings;
        this.gate = gate;
        this.database = database;
        this.sessions = sessions;
        this.waiting = waiting;
        this.idle = idle;
        this.opener = opener;
        this.validator = validator;
        this.suspicion = suspicion;
        this.threads = threads;
    }

    /**
     * The pool's health; never throws, never waits longer than {@code health.timeout}.
     *
     * @return a result that is no older than a second
     */
    public Answer ask() {
        if (gate.isSuspended()) {
            return down(SUSPENDED);
        }
        Duration timeout = settings.health().timeout();
        try {
            return current().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return down("no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down("interrupted");
        } catch (ExecutionException e) {
            return down(String.valueOf(e.getCause()));
        }
    }

    private synchronized CompletableFuture<Answer> current() {
        if (check == null || check.isDone() && System.nanoTime() - endedAt >= FRESH_NANOS) {
            CompletableFuture<Answer> next = new CompletableFuture<>();
            check = next;
            try {
                threads.execute(() -> run(next));
            } catch (RejectedExecutionException e) {
                next.complete(down("the pool is closed"));
            } catch (OutOfMemoryError e) {
                // there is no thread, and the next callers must not wait for this check
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
        } catch (Throwable e) {
            // a driver's Error must not leave the callers without an answer
            answer = down(e.toString());
        }
        endedAt = System.nanoTime();
        result.complete(answer);
    }

    private Answer check() throws InterruptedException {
        PoolCounts state = state();
        Deadline deadline = Deadline.after(settings.health().timeout());
        do {
            PoolEntry connection = idle.take();
            if (connection == null) {
                return withoutIdle(deadline);
            }
            if (isValid(connection, deadline)) {
                return new Answer(true, state, null);
            }
        } while (!deadline.hasPassed());
        return down("connections fail validation");
    }

    /** Opens a connection if there is room; a full pool is judged by the last contact with the database. */
    private Answer withoutIdle(Deadline deadline) throws InterruptedException {
        CompletableFuture<Void> opening = opener.tryToOpen();
        if (opening == null) {
            return isInTrouble()
                    ? down(
                            "all connections are in use, and the last contact with the database failed")
                    : new Answer(true, state(), null);
        }
        try {
            opening.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            PoolEntry opened = idle.take(); // null when another thread was quicker
            return opened == null || isValid(opened, deadline)
                    ? new Answer(true, state(), null)
                    : down("connections fail validation");
        } catch (TimeoutException e) {
            return down(
                    "no connection could be opened within "
                            + settings.health().timeout().toMillis()
                            + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof SQLException error && isFullAtDatabase(error)
                    ? new Answer(true, state(), null)
                    : down(cause.getMessage());
        }
    }

    /** Whether a connection is valid; it is given back in any case. */
    private boolean isValid(PoolEntry connection, Deadline deadline) throws InterruptedException {
        if (!connection.isDone() && !validator.isValid(connection, deadline)) {
            return false; // it is given back when its validation has ended
        }
        boolean valid = !connection.isDone();
        idle.giveBack(connection);
        return valid;
    }

    /** Whether the database is only full: it has as many sessions as it allows, some of them ours. */
    private boolean isFullAtDatabase(SQLException error) {
        return database.errors().isFull(error)
                && sessions.all().stream().anyMatch(PoolEntry::isAlive);
    }

    /** Whether the last contact with the database failed. */
    private boolean isInTrouble() {
        return opener.failure() != null || isUnproven(sessions.all());
    }

    /** Whether none of these sessions has answered since one was lost. */
    boolean isUnproven(List<PoolEntry> open) {
        long suspectSince = suspicion.suspectSince();
        return open.stream().noneMatch(one -> one.freshness().isProvenSince(suspectSince));
    }

    private PoolCounts state() {
        return sessions.counts(waiting.size());
    }

    private Answer down(@Nullable String reason) {
        return new Answer(false, state(), reason);
    }
}
