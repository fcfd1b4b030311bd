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
 * Asks the database whether a connection can be used, for no longer than {@link CallLimit#VALIDATE}.
 *
 * <p>A borrower waits no longer than its deadline; its validation goes on, so that a short deadline costs no
 * healthy session.
 *
 * <p>Thread safety: safe for concurrent use; each connection is in use by the caller, until the validation
 * gives it back.
 */
final class Validator {

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final PoolExecutor threads;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Suspicion suspicion;

    /**
     * Asks nothing yet.
     *
     * @param idle where connections come from and go back to
     * @param suspicion raised when a database does not answer in time
     */
    Validator(
            PoolSettings settings,
            SessionFactory factory,
            PoolExecutor threads,
            SessionRegistry sessions,
            IdleConnections idle,
            Suspicion suspicion) {
        this.settings = settings;
        this.factory = factory;
        this.threads = threads;
        this.sessions = sessions;
        this.idle = idle;
        this.suspicion = suspicion;
    }

    /**
     * Whether a borrower may use a connection. When not, the connection goes back: now, or when its
     * validation has ended.
     */
    boolean isValid(PoolEntry connection, Deadline deadline) throws InterruptedException {
        // a driver that bounds its reads comes back by itself: no need to change threads
        if (factory.boundsReads()
                && deadline.remainingNanos() > CallLimit.VALIDATE.of(settings).toNanos()) {
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
            throw new IllegalStateException(e); // it is only ever completed
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

    private boolean validateHere(PoolEntry connection) {
        long begun = System.nanoTime();
        boolean valid = connection.validate();
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (!valid && taken.compareTo(settings.validation().wholeSeconds()) >= 0) {
            connection.foundSilent();
            silent();
        }
        return valid;
    }

    /** Whether an idle connection, which Agroal keeps away from borrowers meanwhile, can stay. */
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

    /** The timer tells when the limit is over, but not after the end of the application. */
    private long limitIfNothingTells() {
        return CallLimit.VALIDATE.of(settings).plusSeconds(1).toNanos();
    }

    /** Whether an idle connection may stay: what was not proven lately is asked. May take its time. */
    boolean mayStay(PoolEntry connection) {
        return !connection.isDone()
                && (connection.freshness().isProvenSince(suspicion.toBeProvenSince())
                        || isValid(connection));
    }

    /** The database has ended a session: whether others have gone too is found out at once, in the background. */
    void suspectAll() {
        suspicion.raise();
        List<PoolEntry> taken = new ArrayList<>();
        // no more than there are: others come back meanwhile
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
     * The database has not answered on one session: whether it does on the others is found out at once, and not
     * by one borrower after the other. Those that hear nothing either do not begin it anew.
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
