package org.cabstand.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.cabstand.internal.handle.ConnectionSource;

/**
 * Knows when a request ends, whatever the server tells.
 *
 * <p>The usual end: the container fires {@code @BeforeDestroyed} ({@link #ending}), destroys the request's
 * beans in an order of its own, ours among them ({@link #destroyed}), and fires {@code @Destroyed} ({@link
 * #left}) on the same thread. Only that last event is the end: until then the {@code @PreDestroy} of any
 * bean may use the connection, and commit.
 *
 * <ul>
 *   <li>A bean that was not destroyed by then is parked: its connection goes back. So it is with
 *       asynchronous requests, whose beans some servers destroy much later or never, and with a container
 *       that gave up destroying half-way.
 *   <li>When an asynchronous request comes back to its beans (a dispatch, a completion listener), {@code
 *       @Initialized} says so ({@link #entered}), and they can be used until the thread leaves again. What
 *       was parked is found by an attribute of the request: that is the same in all its rounds.
 *   <li>Where no such event comes, {@link #leftActivated}, the thread's next request or {@link #sweep} is
 *       the end.
 * </ul>
 *
 * <p>Thread safety: safe for concurrent use. Each chain of connections belongs to the thread that it is
 * filed under; the housekeeper reads it.
 */
public final class Requests {

    private static final long SECONDS_BETWEEN_SWEEPS = 5;

    /** How many sweeps may meet a connection whose bean was destroyed, before it is taken back. */
    private static final int SWEEPS_WITHOUT_TOLD_END = 1;

    /** The same where the container was to tell the end: a {@code @PreDestroy} may be at work. */
    private static final int SWEEPS_WITH_TOLD_END = 12;

    private final ConcurrentMap<Thread, RequestConnection> byThread = new ConcurrentHashMap<>();
    private final String attribute = "org.cabstand.request." + UUID.randomUUID();
    private final RequestPayload payloads;

    /**
     * Knows no request yet.
     *
     * @param payloads understands what the container's events carry
     */
    public Requests(RequestPayload payloads) {
        this.payloads = payloads;
    }

    /**
     * Looks from time to time for requests whose end nobody has told.
     *
     * @param housekeeper not closed here
     */
    public void start(ScheduledExecutorService housekeeper) {
        housekeeper.scheduleWithFixedDelay(
                this::sweep, SECONDS_BETWEEN_SWEEPS, SECONDS_BETWEEN_SWEEPS, TimeUnit.SECONDS);
    }

    /**
     * The connection of a request that uses a pool for the first time.
     *
     * @param source where it borrows
     * @return the bean's instance
     */
    public RequestConnection create(ConnectionSource source) {
        Thread thread = Thread.currentThread();
        RequestConnection before = byThread.get(thread);
        boolean ending = before != null && before.endIsTold;
        if (!ending) {
            endDestroyed(before); // of an earlier request, whose end the server did not tell
        }
        RequestConnection connection = new RequestConnection(source);
        connection.endIsTold = ending;
        file(connection, thread);
        return connection;
    }

    private void endDestroyed(RequestConnection first) {
        for (RequestConnection c = first; c != null; ) {
            RequestConnection next = c.next;
            if (c.isDestroyed()) {
                unfile(c);
                c.ended();
            }
            c = next;
        }
    }

    /**
     * The container destroys a request's connection; other beans of the request may come after it.
     *
     * @param connection the bean's instance; a server may do it twice
     */
    public void destroyed(RequestConnection connection) {
        Thread thread = Thread.currentThread();
        if (connection.thread != thread) {
            unfile(connection);
        }
        connection.ending();
        if (connection.thread != thread && !connection.isClosed()) {
            file(connection, thread);
        }
    }

    /**
     * A thread enters a request.
     *
     * @param payload what the event carries
     */
    public void entered(Object payload) {
        endDestroyed(byThread.get(Thread.currentThread()));
        Object parked = payloads.takeAttribute(payload, attribute);
        if (parked instanceof List<?> connections) {
            for (Object each : connections) {
                RequestConnection connection = (RequestConnection) each;
                unfile(connection);
                connection.resume();
                file(connection, Thread.currentThread());
            }
        }
    }

    /**
     * Whether the request goes on without its thread.
     *
     * @param payload what the event carries
     * @return true for an asynchronous request; {@link #parking} wants its connections
     */
    public boolean isAsync(Object payload) {
        return payloads.isAsync(payload);
    }

    /**
     * A thread is about to leave an asynchronous request.
     *
     * @param payload what the event carries
     * @param connections the request's connections, whichever thread created them
     */
    public void parking(Object payload, List<RequestConnection> connections) {
        Thread thread = Thread.currentThread();
        for (RequestConnection connection : connections) {
            if (connection.thread != thread) {
                unfile(connection);
                file(connection, thread);
            }
        }
        payloads.setAttribute(payload, attribute, new ArrayList<>(connections));
    }

    /** The calling thread is about to leave its request, and the container will say when it has. */
    public void ending() {
        for (RequestConnection c = current(); c != null; c = c.next) {
            c.endIsTold = true;
        }
    }

    /** The calling thread has left its request. */
    public void left() {
        RequestConnection connection = byThread.remove(Thread.currentThread());
        while (connection != null) {
            RequestConnection next = connection.next;
            connection.next = null;
            connection.thread = null;
            connection.endIsTold = false;
            if (connection.isEnding()) {
                connection.ended();
            } else {
                connection.park();
            }
            connection = next;
        }
    }

    /** The connection that the calling thread's request has used last; null when it has used none. */
    RequestConnection current() {
        return byThread.get(Thread.currentThread());
    }

    /**
     * The calling thread has left a method that may have had a request context of its own.
     *
     * @param wasEnding whether the thread's request was about to end before the method
     * @param gaveUp whether the container has failed to end it
     * @param isInRequest asked only when a connection may have been left behind
     */
    void leftActivated(boolean wasEnding, boolean gaveUp, BooleanSupplier isInRequest) {
        RequestConnection now = current();
        if (now != null && (gaveUp || now.endIsTold && !wasEnding || !isInRequest.getAsBoolean())) {
            left();
        }
    }

    /** Takes back what no container, and no later request of the thread, has taken back. */
    private void sweep() {
        byThread.forEach(
                (thread, first) -> {
                    for (RequestConnection c = first; c != null; c = c.next) {
                        int patience = c.endIsTold ? SWEEPS_WITH_TOLD_END : SWEEPS_WITHOUT_TOLD_END;
                        if (c.isEnding() && (c.foundEnding() > patience || !thread.isAlive())) {
                            c.endedInBackground();
                        }
                    }
                });
    }

    private void file(RequestConnection connection, Thread thread) {
        connection.thread = thread;
        connection.next = byThread.put(thread, connection);
    }

    /** Takes a connection out of the chain of the thread that it is filed under. */
    private void unfile(RequestConnection connection) {
        if (connection.thread == null) {
            return;
        }
        byThread.computeIfPresent(
                connection.thread,
                (thread, first) -> {
                    if (first == connection) {
                        return connection.next;
                    }
                    for (RequestConnection c = first; c.next != null; c = c.next) {
                        if (c.next == connection) {
                            c.next = connection.next;
                            break;
                        }
                    }
                    return first;
                });
        connection.next = null;
        connection.thread = null;
    }
}
