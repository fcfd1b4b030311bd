package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Eviction;

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
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Consumer<PoolEntry> giveBack;
    private final Runnable silence;

    /**
     * Asks nothing yet.
     *
     * @param threads of the pool
     * @param giveBack takes back a connection that is in use by the caller
     * @param silence told when a database did not answer in time; must not wait
     */
    Validator(
            PoolSettings settings,
            SessionFactory factory,
            Executor threads,
            ScheduledExecutorService timer,
            Consumer<PoolEntry> giveBack,
            Runnable silence) {
        this.settings = settings;
        this.factory = factory;
        this.threads = threads;
        this.timer = timer;
        this.giveBack = giveBack;
        this.silence = silence;
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
                giveBack.accept(connection);
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
            giveBack.accept(connection);
        }
        return valid;
    }

    private boolean validateHere(PoolEntry connection) {
        long begun = System.nanoTime();
        boolean valid = connection.validate();
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (!valid && taken.compareTo(settings.validation().wholeSeconds()) >= 0) {
            connection.foundSilent();
            silence.run();
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

    /** Validates a connection in the background; it goes back afterwards. */
    void check(PoolEntry connection) {
        giveBackAfter(begin(connection), connection);
    }

    private void giveBackAfter(CompletableFuture<Boolean> answer, PoolEntry connection) {
        connection.checking();
        answer.thenRun(
                () -> {
                    connection.checked();
                    giveBack.accept(connection);
                });
    }

    private CompletableFuture<Boolean> begin(PoolEntry connection) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        try {
            ForeignCall.start(
                    threads,
                    timer,
                    CallLimit.VALIDATE.of(settings),
                    factory.mayInterrupt(),
                    connection::validate,
                    new ForeignCall.Outcome<Boolean>() {
                        @Override
                        public void ended(Boolean valid, Throwable error) {
                            answer.complete(error == null && valid);
                        }

                        @Override
                        public void overdue() {
                            connection.foundSilent();
                            answer.complete(false);
                            silence.run();
                        }
                    });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            Log.debug("pool '" + settings.name() + "': no thread to validate on", e);
            connection.breakUp(Eviction.INVALID);
            answer.complete(false);
        }
        return answer;
    }
}
