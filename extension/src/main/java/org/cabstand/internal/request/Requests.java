package org.cabstand.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.pool.NamedPool;

/**
 * Knows when a request ends, whatever the server tells.
 *
 * <p>The usual end: the container destroys the bean ({@link #destroyed}), then other beans of the request,
 * which may use the connection in their {@code @PreDestroy}, then fires {@code @Destroyed} ({@link
 * #left}) on the same thread. That last event is the end, because it comes on every server:
 *
 * <ul>
 *   <li>A bean that was not destroyed by then is parked: its connection goes back. So it is with
 *       asynchronous requests, whose beans some servers destroy much later or never, and with a container
 *       that gave up destroying half-way.
 *   <li>When an asynchronous request comes back to its beans (a dispatch, a completion listener), {@code
 *       @Initialized} says so ({@link #entered}), and they can be used until the thread leaves again. What
 *       was parked is found by an attribute of the request: that is the same in all its rounds.
 * </ul>
 *
 * <p>Thread safety: safe for concurrent use. Each chain of connections belongs to the thread that it is
 * filed under.
 */
public final class Requests {

    /** A late borrow is taken back after this long where the server does not tell the end. */
    private static final long SECONDS_WITHOUT_END = 5;

    private final ConcurrentMap<Thread, RequestConnection> byThread = new ConcurrentHashMap<>();
    private final String attribute = "org.cabstand.request." + UUID.randomUUID();
    private final RequestPayload payloads;
    private final ScheduledExecutorService housekeeper;

    /**
     * Knows no request yet.
     *
     * @param payloads understands what the container's events carry
     * @param housekeeper for late borrows; not closed here
     */
    public Requests(RequestPayload payloads, ScheduledExecutorService housekeeper) {
        this.payloads = payloads;
        this.housekeeper = housekeeper;
    }

    /**
     * The connection of a request that uses a pool for the first time.
     *
     * @param pool the pool
     * @return the bean's instance
     */
    public RequestConnection create(NamedPool pool) {
        Thread thread = Thread.currentThread();
        RequestConnection before = byThread.get(thread);
        if (before != null && before.isEnding()) {
            left(); // of an earlier request, whose end the server did not tell
        }
        RequestConnection connection = new RequestConnection(pool, this);
        file(connection, thread);
        return connection;
    }

    /**
     * The container destroys a request's connection.
     *
     * @param connection the bean's instance; a server may do it twice
     */
    public void destroyed(RequestConnection connection) {
        connection.ending();
        Thread thread = Thread.currentThread();
        if (connection.thread != thread && !connection.isClosed()) {
            unfile(connection);
            file(connection, thread);
        }
    }

    /**
     * A thread enters a request.
     *
     * @param payload what the event carries
     */
    public void entered(Object payload) {
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

    /** The calling thread has left its request. */
    public void left() {
        RequestConnection connection = byThread.remove(Thread.currentThread());
        while (connection != null) {
            RequestConnection next = connection.next;
            connection.next = null;
            connection.thread = null;
            if (connection.isEnding()) {
                connection.ended();
            } else {
                connection.park();
            }
            connection = next;
        }
    }

    /**
     * A bean used the connection while the request's beans were being destroyed: {@link #left} takes it
     * back, but Open Liberty does not tell the end of {@code @ActivateRequestContext}.
     */
    void borrowedWhileEnding(RequestConnection connection) {
        housekeeper.schedule(
                () -> {
                    if (connection.isEnding()) {
                        connection.ended();
                    }
                },
                SECONDS_WITHOUT_END,
                TimeUnit.SECONDS);
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
