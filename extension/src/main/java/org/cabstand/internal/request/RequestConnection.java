package org.cabstand.internal.request;

import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.handle.BorrowingConnection;
import org.cabstand.internal.handle.ConnectionSource;

/**
 * The connection of one request: borrowed at the first use, given back when the request ends.
 *
 * <p>After an early {@link #close()} the next use borrows again, and what was set through JDBC is set
 * again. Who decides about the request is {@link Requests}.
 *
 * <p>Thread safety: as {@link BorrowingConnection}.
 */
public final class RequestConnection extends BorrowingConnection implements ProxiedConnection {

    /** Where the request is. */
    private enum State {
        /** The request runs. */
        OPEN,
        /** Its thread has left; an asynchronous request may come back. */
        PARKED,
        /** Its beans are being destroyed: they may use the connection, on that thread. */
        ENDING,
        /** Nothing can be borrowed any more. */
        ENDED
    }

    /** Written under the lock. */
    private volatile State state = State.OPEN;

    /** Written before ENDING. */
    private volatile Thread endingThread;

    /** Written and read by {@link Requests}: the thread that this request is on. */
    volatile Thread thread;

    /** Written and read by {@link Requests}: the connection of another pool in the same request. */
    volatile RequestConnection next;

    /** Written by the request's thread: the container has begun to end the request, and says when it has. */
    volatile boolean endIsTold;

    /** Used by the housekeeper's thread only: how often it has found this one ending. */
    private int timesFoundEnding;

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

    /** Gives the connection back early; the next use borrows again. */
    @Override
    public void close() {
        giveBackCurrent();
    }

    /** False while it can be used, also after an early {@link #close()}; never borrows. */
    @Override
    public boolean isClosed() {
        return !isUsable();
    }

    @Override
    public String toString() {
        return "connection of pool '" + pool().name() + "' for this request";
    }

    // what Requests decides

    /** The request's thread leaves: the connection goes back, and may be borrowed when it returns. */
    void park() {
        move(State.PARKED);
        giveBack();
    }

    /** An asynchronous request has come back. */
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
     * The bean is destroyed; other beans of the request may still use it on this thread, and finish what the
     * request has begun.
     */
    void ending() {
        endingThread = Thread.currentThread();
        move(State.ENDING);
        if (state == State.ENDED) {
            giveBack();
        } else if (!endIsTold) {
            giveBackIfIdle(); // the end may be long in coming
        }
    }

    /** The request is over. */
    void ended() {
        move(State.ENDED);
        giveBack();
    }

    /** The request is over, and no thread of its own is there to wait for the database. */
    void endedInBackground() {
        try {
            pool().execute(this::ended);
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + pool().name() + "' is closed: it takes back what is borrowed", e);
        }
    }

    boolean isEnding() {
        return state == State.ENDING;
    }

    /** Whether the container has destroyed the bean. */
    boolean isDestroyed() {
        State now = state;
        return now == State.ENDING || now == State.ENDED;
    }

    /** Counts; for the housekeeper. */
    int foundEnding() {
        return ++timesFoundEnding;
    }

    /** Before anything is given back: nothing can be borrowed after that which the new state forbids. */
    private void move(State to) {
        lock.lock();
        try {
            if (state != State.ENDED) { // some servers destroy, or show, a bean that is over
                state = to;
            }
        } finally {
            lock.unlock();
        }
    }
}
