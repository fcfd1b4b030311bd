package org.cabstand.internal.request;

import jakarta.enterprise.context.spi.Context;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cabstand.internal.Log;

/**
 * Ends requests whose end the container does not announce.
 *
 * <ul>
 * <li>It destroys their beans, as Weld does after an asynchronous observer. As long as it does, a {@code @PreDestroy}
 *     may use the connection: so the end is when the thread has left the methods of the container's request context.
 * <li>It forgets them, as Payara does if asynchronous methods of MicroProfile Fault Tolerance overlap. They lose their
 *     connection when their thread is found idle twice.
 * </ul>
 *
 * <p>Their thread may do nothing for a long time, so it is looked at from outside.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class UntoldEnds {

    private static final long SECONDS_BETWEEN_SWEEPS = 5;

    /** How many sweeps may find a connection whose bean was destroyed before it is taken away. */
    private static final int SWEEPS_WITHOUT_TOLD_END = 1;

    /**
     * The same if the container was going to announce the end: a {@code @PreDestroy} may still be
     * running.
     */
    private static final int SWEEPS_WITH_TOLD_END = 12;

    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final StackWalker WALKER =
            StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private final ScheduledExecutorService housekeeper;
    private final ConcurrentMap<Thread, RequestConnection> byThread;

    /**
     * Ends no request yet.
     *
     * @param housekeeper looks at threads; not closed here
     * @param byThread the connections of running requests, which are only read here
     */
    UntoldEnds(
            ScheduledExecutorService housekeeper,
            ConcurrentMap<Thread, RequestConnection> byThread) {
        this.housekeeper = housekeeper;
        this.byThread = byThread;
    }

    /** Looks regularly for requests of which nothing at all is announced. */
    void sweepRegularly() {
        housekeeper.scheduleWithFixedDelay(
                this::sweep, SECONDS_BETWEEN_SWEEPS, SECONDS_BETWEEN_SWEEPS, TimeUnit.SECONDS);
    }

    /** Ends what neither the container nor a later request of the thread has ended. */
    private void sweep() {
        byThread.forEach(
                (thread, first) -> {
                    for (RequestConnection c = first; c != null; c = c.next) {
                        int patience = c.endIsTold ? SWEEPS_WITH_TOLD_END : SWEEPS_WITHOUT_TOLD_END;
                        if (c.isEnding() && (c.foundEnding() > patience || !thread.isAlive())) {
                            c.endedInBackground();
                        } else if (c.isForgotten()) {
                            c.leaveInBackground();
                        }
                    }
                });
    }

    /** Called on a thread that destroys a request's connection. */
    void await(RequestConnection connection) {
        Thread thread = Thread.currentThread();
        Set<String> contexts = WALKER.walk(UntoldEnds::contexts);
        if (!contexts.isEmpty()) {
            look(connection, thread, contexts, FIRST_LOOK);
        }
    }

    private static Set<String> contexts(Stream<StackFrame> frames) {
        return frames.map(StackFrame::getDeclaringClass)
                .filter(Context.class::isAssignableFrom)
                .map(Class::getName)
                .collect(Collectors.toSet());
    }

    private void look(
            RequestConnection connection, Thread thread, Set<String> contexts, Duration delay) {
        try {
            housekeeper.schedule(
                    () -> {
                        if (!connection.isEnding()) {
                            return;
                        }
                        if (isIn(contexts, thread)) {
                            Duration twice = delay.multipliedBy(2);
                            look(
                                    connection,
                                    thread,
                                    contexts,
                                    twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE);
                        } else {
                            connection.endedInBackground();
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            Log.debug("the application has stopped: its pools take back what is borrowed", e);
        }
    }

    private static boolean isIn(Set<String> contexts, Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (contexts.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }
}
