package org.cabstand.internal.request;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.handle.BorrowingConnection;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one request. It is borrowed at the first use and returned when the request
 * ends.
 *
 * <p>After an early {@link #close()} the next use borrows again and restores what was set through
 * JDBC. {@link RequestTracker} decides when the request ends.
 *
 * <p>Thread safety: like {@link BorrowingConnection}.
 */
public final class RequestConnection extends BorrowingConnection implements ProxiedConnection {

    /** The state of the request. */
    private enum State {
        /** The request runs. */
        OPEN,
        /** Its thread has left; an asynchronous request may continue later. */
        PARKED,
        /** Its beans are being destroyed; on that thread they may still use the connection. */
        ENDING,
        /** It is over; nothing can be borrowed any more. */
        ENDED
    }

    /** Written under the lock. */
    private volatile State state = State.OPEN;

    /** Written before ENDING. */
    private volatile @Nullable Thread endingThread;

    /** An object that lives as long as this connection's request. */
    public interface Companion {

        /** Called each time the request's thread leaves the request, before the connection is returned. */
        void leave();

        /**
         * Called when a JPA provider has borrowed another connection of the same pool on the request's thread.
         *
         * @param borrowed that connection
         */
        void borrowed(Connection borrowed);
    }

    /** Written and read by {@link RequestTracker}: the thread that this request is on. */
    volatile @Nullable Thread thread;

    /** Written and read by {@link RequestTracker}: the connection of another pool in the same request. */
    volatile @Nullable RequestConnection next;

    /**
     * Written by the request's thread: the container has begun to end the request and will announce
     * the end.
     */
    volatile boolean endIsTold;

    /** Written under the lock; null as long as there is none. */
    private @Nullable List<Companion> companions;

    /** Used by the housekeeper's thread only: how often it has found this request ending. */
    private int timesFoundEnding;

    /** Used by the housekeeper's thread only: what it found forgotten. */
    private @Nullable Lease foundForgotten;

    RequestConnection(ConnectionSource source) {
        super(source);
    }

    @Override
    protected void checkUsable() throws SQLException {
        if (!isUsable()) {
            throw new SQLException(Message.AFTER_REQUEST.format(pool().name()), "08003");
        }
    }

    private boolean isUsable() {
        State now = state;
        return now == State.OPEN || now == State.ENDING && endingThread == Thread.currentThread();
    }

    /** Returns the connection early; the next use borrows again. */
    @Override
    public void close() {
        giveBackCurrent();
    }

    /**
     * Returns false while the connection can be used, even after an early {@link #close()}. Never
     * borrows.
     */
    @Override
    public boolean isClosed() {
        return !isUsable();
    }

    @Override
    public String toString() {
        return "connection of pool '" + pool().name() + "' for this request";
    }

    /**
     * Adds an object that lives as long as this connection's request.
     *
     * @param companion the object to notify
     */
    public void accompany(Companion companion) {
        lock.lock();
        try {
            if (companions == null) {
                companions = new ArrayList<>(1);
            }
            companions.add(companion);
        } finally {
            lock.unlock();
        }
    }

    // called by RequestTracker

    /**
     * Called when the request's thread leaves. Returns the connection; it may be borrowed again if
     * the request continues.
     */
    void park() {
        move(State.PARKED);
        leave();
    }

    /** Called when an asynchronous request continues. */
    void resume() {
        lock.lock();
        try {
            if (state == State.PARKED) {
                state = State.OPEN;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called when the bean is destroyed. Other beans of the request may still use it on this
     * thread, and finish the request's work.
     */
    void ending() {
        endingThread = Thread.currentThread();
        move(State.ENDING);
        if (state == State.ENDED) {
            leave();
        } else if (!endIsTold) {
            giveBackIfIdle(); // the end may come much later
        }
    }

    /** The request is over. */
    void ended() {
        move(State.ENDED);
        leave();
    }

    /**
     * Ends the request on another thread, because the request has none that could wait for the
     * database.
     */
    void endedInBackground() {
        inBackground(this::ended);
    }

    /** As {@link #park}, of a request that the container has forgotten to end; it borrows again if it does go on. */
    void leaveInBackground() {
        inBackground(this::leave);
    }

    private void inBackground(Runnable task) {
        try {
            pool().execute(task);
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + pool().name() + "' is closed: it takes back what is borrowed", e);
        }
    }

    private void leave() {
        try {
            companions().forEach(Companion::leave);
        } finally {
            giveBack();
        }
    }

    private List<Companion> companions() {
        lock.lock();
        try {
            return companions == null ? List.of() : List.copyOf(companions);
        } finally {
            lock.unlock();
        }
    }

    void tellOf(Connection borrowed) {
        companions().forEach(companion -> companion.borrowed(borrowed));
    }

    /** Gives back what the request holds outside of transactions, unless work is open on it. */
    void giveBackIfNotInUse() {
        giveBackIfIdle();
    }

    boolean isOf(ConnectionPool other) {
        return pool() == other;
    }

    boolean isParked() {
        return state == State.PARKED;
    }

    boolean isEnding() {
        return state == State.ENDING;
    }

    /** Whether the container has destroyed the bean. */
    boolean isDestroyed() {
        State now = state;
        return now == State.ENDING || now == State.ENDED;
    }

    /**
     * Whether the request still holds what the housekeeper has found forgotten before: its thread was doing nothing
     * then, and does nothing now.
     */
    boolean isForgotten() {
        Lease held = own();
        boolean forgotten = held != null && held.isForgotten();
        boolean again = forgotten && held == foundForgotten;
        foundForgotten = forgotten ? held : null;
        return again;
    }

    /** Counts how often the housekeeper found this request ending. */
    int foundEnding() {
        return ++timesFoundEnding;
    }

    /**
     * Changes the state before anything is returned, so that nothing is borrowed afterwards that
     * the new state forbids.
     */
    private void move(State to) {
        lock.lock();
        try {
            if (state != State.ENDED) { // some servers destroy or use a bean that has ended
                state = to;
            }
        } finally {
            lock.unlock();
        }
    }
}
