package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Validates connections, within {@link CallLimit#VALIDATE}.
 *
 * <p>A borrower waits until its deadline at most. The validation continues after that, so that a short deadline costs
 * no healthy session.
 *
 * <p>Thread safety: safe for concurrent use; a connection belongs to the caller until the validation gives it back.
 */
final class Validator {

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final PoolExecutor threads;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final WaitQueue<PoolEntry> waiting;
    private final Suspicion suspicion;

    /**
     * A validator.
     *
     * @param idle gives and takes back idle connections
     * @param waiting borrowers, who need idle connections more than a check does
     * @param suspicion raised when the database does not answer in time
     */
    Validator(
            PoolSettings settings,
            SessionFactory factory,
            PoolExecutor threads,
            SessionRegistry sessions,
            IdleConnections idle,
            WaitQueue<PoolEntry> waiting,
            Suspicion suspicion) {
        this.settings = settings;
        this.factory = factory;
        this.threads = threads;
        this.sessions = sessions;
        this.idle = idle;
        this.waiting = waiting;
        this.suspicion = suspicion;
    }

    /** Whether a borrower may use a connection. If not, it is given back, now or when its validation has ended. */
    boolean isValid(PoolEntry connection, Deadline deadline) throws InterruptedException {
        // a driver that limits its reads returns by itself, so no other thread is needed
        if (factory.boundsReads() && deadline.remainingNanos() > longestHere().toNanos()) {
            boolean valid = validateHere(connection);
            if (!valid) {
                idle.giveBack(connection);
            }
            return valid;
        }
        CompletableFuture<Boolean> answer = begin(connection);
        boolean answered = false;
        boolean valid = false;
        try {
            long longest = Math.min(deadline.remainingNanos(), limitIfNothingTells());
            valid = answer.get(longest, TimeUnit.NANOSECONDS);
            answered = true;
        } catch (TimeoutException e) {
            Log.debug("pool '" + settings.name() + "': a borrower did not wait for a validation");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is never completed exceptionally
        } finally {
            if (!answered) {
                giveBackAfter(answer, connection);
            }
        }
        if (answered && !valid) {
            idle.giveBack(connection);
        }
        return valid;
    }

    /** How long a validation may take on the borrower's thread, until {@link Watch} has noticed and ended it. */
    private Duration longestHere() {
        return CallLimit.VALIDATE.of(settings).plus(Watch.PERIOD.multipliedBy(2));
    }

    private boolean validateHere(PoolEntry connection) {
        long begun = System.nanoTime();
        connection.beginPreparing(); // the watch looks: an answer may trickle in
        boolean valid = connection.validate();
        valid &= connection.reclaim();
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (!valid && taken.compareTo(settings.validation().wholeSeconds()) >= 0) {
            connection.foundSilent();
            silent();
        }
        return valid;
    }

    /** Whether an idle connection may stay. Agroal keeps it from borrowers meanwhile. */
    boolean isValid(PoolEntry connection) {
        try {
            return begin(connection).get(limitIfNothingTells(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pool is closing
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** A limit for waiting that applies when the timer has ended with the application. */
    private long limitIfNothingTells() {
        return CallLimit.VALIDATE.of(settings).plusSeconds(1).toNanos();
    }

    /**
     * Whether an idle connection may stay; validates it if needed, which may take a while. Not while a borrower waits:
     * it validates the connection itself if it must.
     */
    boolean mayStay(PoolEntry connection) {
        return !connection.isDone()
                && (connection.freshness().isProvenSince(suspicion.toBeProvenSince())
                        || waiting.size() > 0
                        || isValid(connection));
    }

    /**
     * Called when the database has ended a session. Finds out in the background, and at once, whether others are gone,
     * too.
     */
    void suspectAll() {
        suspicion.raise();
        List<PoolEntry> taken = new ArrayList<>();
        // no more than there are now, because others are returned meanwhile
        for (int i = sessions.all().size(); i > 0; i--) {
            PoolEntry connection = idle.take();
            if (connection == null) {
                break;
            }
            taken.add(connection);
        }
        for (PoolEntry connection : taken) {
            if (connection.isDone()
                    || connection.freshness().isProvenSince(suspicion.suspectSince())) {
                idle.giveBack(connection);
            } else {
                giveBackAfter(begin(connection), connection);
            }
        }
    }

    /**
     * Called when the database has not answered on one session. Validates the others at once, so that borrowers do not
     * find out one by one. Sessions that do not answer in this round do not start another one.
     */
    void silent() {
        if (suspicion.ageNanos() > CallLimit.VALIDATE.of(settings).toNanos()) {
            suspectAll();
        }
    }

    private void giveBackAfter(CompletableFuture<Boolean> answer, PoolEntry connection) {
        connection.checking();
        answer.thenRun(
                () -> {
                    connection.checked();
                    idle.giveBack(connection);
                });
    }

    private CompletableFuture<Boolean> begin(PoolEntry connection) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        try {
            threads.call(
                    CallLimit.VALIDATE,
                    factory.mayInterrupt(),
                    connection::validate,
                    new ForeignCall.Outcome<Boolean>() {
                        @Override
                        public void ended(@Nullable Boolean valid, @Nullable Throwable error) {
                            answer.complete(Boolean.TRUE.equals(valid));
                        }

                        @Override
                        public void overdue() {
                            connection.foundSilent();
                            answer.complete(false);
                            silent();
                        }
                    });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            Log.debug("pool '" + settings.name() + "': no thread to validate on", e);
            connection.markBroken(Eviction.INVALID);
            answer.complete(false);
        }
        return answer;
    }
}
