package org.cabstand.internal.request;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Detects the end of each request, whatever the server announces.
 *
 * <p>The usual end: the container fires {@code @BeforeDestroyed} ({@link #ending}), destroys the request's beans in an
 * order of its own, ours among them ({@link #destroyed}), and fires {@code
 * @Destroyed} ({@link #left}) on the same thread. Only the last event is the end: until then the {@code @PreDestroy} of
 *     any bean may use the connection and commit.
 *
 * <ul>
 * <li>A bean that was not destroyed by then is parked, and its connection is returned. This happens to asynchronous
 *     requests, whose beans some servers destroy much later or never, and if the container stopped destroying halfway.
 * <li>When an asynchronous request uses its beans again (a dispatch, a completion listener), {@code @Initialized}
 *     announces it ({@link #entered}), and they can be used until the thread leaves again. Parked connections are found
 *     through an attribute of the request, which is the same in all its passes.
 * <li>If no such event comes, {@link #leftActivated}, {@link UntoldEnds}, or the thread's next request is the end.
 * </ul>
 *
 * <p>Thread safety: safe for concurrent use. Each chain of connections belongs to the thread that it is filed under;
 * the housekeeper only reads it.
 */
public final class RequestTracker {

    private final ConcurrentMap<Thread, RequestConnection> byThread = new ConcurrentHashMap<>();
    private final String attribute = "org.cabstand.request." + UUID.randomUUID();
    private final RequestPayload payloads;

    /** Written when the application starts; null before. */
    private volatile @Nullable UntoldEnds untold;

    /**
     * A tracker without requests.
     *
     * @param payloads reads the payload of the container's events
     */
    public RequestTracker(RequestPayload payloads) {
        this.payloads = payloads;
    }

    /**
     * Starts to look regularly for requests whose end nobody has announced.
     *
     * @param housekeeper runs the checks; not closed here
     */
    public void start(ScheduledExecutorService housekeeper) {
        UntoldEnds ends = new UntoldEnds(housekeeper, byThread);
        ends.sweepRegularly();
        untold = ends;
    }

    /**
     * Creates the connection of a request that uses a pool for the first time.
     *
     * @param source the pool to borrow from
     * @return the bean's instance
     */
    public RequestConnection create(ConnectionSource source) {
        Thread thread = Thread.currentThread();
        RequestConnection before = byThread.get(thread);
        boolean ending = before != null && before.endIsTold;
        if (!ending) {
            endDestroyed(before); // of an earlier request whose end the server did not announce
        }
        RequestConnection connection = new RequestConnection(source);
        connection.endIsTold = ending;
        file(connection, thread);
        return connection;
    }

    private void endDestroyed(@Nullable RequestConnection first) {
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
     * Called when the container destroys a request's connection. Other beans of the request may be
     * destroyed after it.
     *
     * @param connection the bean's instance; a server may destroy it twice
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
        UntoldEnds ends = untold;
        if (ends != null && !connection.endIsTold && connection.isEnding()) {
            ends.await(connection);
        }
    }

    /**
     * Called when a thread enters a request.
     *
     * @param payload the event's payload
     */
    public void entered(Object payload) {
        endDestroyed(byThread.get(Thread.currentThread()));
        Object parked = payloads.takeAttribute(payload, attribute);
        if (parked instanceof List<?> connections) {
            connections.forEach(each -> resume((RequestConnection) each));
        }
    }

    private void resume(RequestConnection connection) {
        unfile(connection);
        connection.resume();
        file(connection, Thread.currentThread());
    }

    /**
     * Called when the container is about to destroy the beans of a request that the calling thread may not have entered.
     *
     * @param connections the request's connections; only those that are parked change
     */
    void resuming(List<RequestConnection> connections) {
        connections.stream().filter(RequestConnection::isParked).forEach(this::resume);
    }

    /**
     * Called when the application has started, or before that.
     *
     * @param application the event's payload, or before the event the application's bean manager
     * @param passes told what the container does not announce
     */
    public void started(Object application, RequestPasses passes) {
        payloads.tell(application, passes);
    }

    /**
     * Whether the request continues without its thread.
     *
     * @param payload the event's payload
     * @return true for an asynchronous request; then call {@link #parking} with its connections
     */
    public boolean isAsync(Object payload) {
        return payloads.isAsync(payload);
    }

    /**
     * Called when a thread is about to leave an asynchronous request.
     *
     * @param payload the event's payload
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

    /**
     * Called when the calling thread is about to leave its request and the container will announce
     * the end.
     */
    public void ending() {
        for (RequestConnection c = current(); c != null; c = c.next) {
            c.endIsTold = true;
        }
    }

    /** Called when the calling thread has left its request. */
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

    /**
     * Called before something else borrows for the calling thread's request. Returns the request's own connection
     * unless it is in use, so that a pool of one connection is enough.
     *
     * @param pool the pool that will be borrowed from
     */
    public void giveBackIdle(ConnectionPool pool) {
        for (RequestConnection c = current(); c != null; c = c.next) {
            if (c.isOf(pool)) {
                c.giveBackIfNotInUse();
            }
        }
    }

    /**
     * Tells the calling thread's request that a JPA provider has borrowed for it.
     *
     * @param pool the pool that was borrowed from
     * @param borrowed the connection
     */
    public void tellOf(ConnectionPool pool, Connection borrowed) {
        for (RequestConnection c = current(); c != null; c = c.next) {
            if (c.isOf(pool)) {
                c.tellOf(borrowed);
            }
        }
    }

    /** The connection that the calling thread's request used last; null if it used none. */
    @Nullable RequestConnection current() {
        return byThread.get(Thread.currentThread());
    }

    /**
     * Called when the calling thread has left a method that may have had a request context of its
     * own.
     *
     * @param wasEnding whether the thread's request was already ending before the method
     * @param gaveUp whether the container failed to end the request
     * @param isInRequest called only if a connection may have been left behind
     */
    void leftActivated(boolean wasEnding, boolean gaveUp, BooleanSupplier isInRequest) {
        RequestConnection now = current();
        if (now != null && (gaveUp || now.endIsTold && !wasEnding || !isInRequest.getAsBoolean())) {
            left();
        }
    }

    private void file(RequestConnection connection, Thread thread) {
        connection.thread = thread;
        connection.next = byThread.put(thread, connection);
    }

    /** Removes a connection from the chain of the thread that it is filed under. */
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
