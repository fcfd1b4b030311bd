package org.cabstand.internal.request;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.NamedPool;

/**
 * The connection of one request: borrowed at the first use, given back when the request ends.
 *
 * <p>After an early {@link #close()} the next use borrows again, and what was set through JDBC is set
 * again. Who decides about the request is {@link Requests}.
 *
 * <p>Thread safety: a request is one thread at a time, but its end may come from another thread than its
 * last use. The lock guards every transition; {@code lease} and {@code state} are volatile, so that a use
 * needs no lock.
 */
public final class RequestConnection extends ConnectionHandle {

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

    private final NamedPool pool;
    private final Requests requests;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: what to set again at the next borrow. */
    private Map<SessionAttribute, SessionChange> changes;

    private volatile Lease lease;
    private volatile State state = State.OPEN;

    /** Written before ENDING. */
    private volatile Thread endingThread;

    /** Written and read by {@link Requests}: the thread that this request is on. */
    volatile Thread thread;

    /** Written and read by {@link Requests}: the connection of another pool in the same request. */
    volatile RequestConnection next;

    RequestConnection(NamedPool pool, Requests requests) {
        this.pool = pool;
        this.requests = requests;
    }

    @Override
    protected ConnectionUse use() throws SQLException {
        Lease current = lease;
        return current != null && !current.isOver() ? current : borrow();
    }

    @Override
    protected ConnectionUse currentUse() {
        return lease;
    }

    private Lease borrow() throws SQLException {
        lock.lock();
        try {
            if (!isUsable()) {
                throw new SQLException(Message.AFTER_REQUEST.format(pool.name()), "08003");
            }
            if (lease != null && !lease.isOver()) {
                return lease;
            }
            Lease borrowed = pool.borrow(this);
            try {
                repeatChanges(borrowed);
            } catch (SQLException | RuntimeException e) {
                borrowed.end();
                throw e;
            }
            lease = borrowed;
            if (state == State.ENDING) {
                requests.borrowedWhileEnding(this);
            }
            return borrowed;
        } finally {
            lock.unlock();
        }
    }

    private void repeatChanges(Lease borrowed) throws SQLException {
        if (changes != null) {
            for (Map.Entry<SessionAttribute, SessionChange> change : changes.entrySet()) {
                borrowed.changed(change.getKey());
                change.getValue().apply(borrowed.driverConnection());
            }
            borrowed.completed();
        }
    }

    @Override
    protected void remember(SessionAttribute attribute, SessionChange change) {
        lock.lock();
        try {
            if (changes == null) {
                changes = new EnumMap<>(SessionAttribute.class);
            }
            if (attribute == SessionAttribute.CLIENT_INFO) {
                changes.merge(attribute, change, SessionChange::andThen); // one name at a time
            } else {
                changes.put(attribute, change);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsable() {
        State now = state;
        return now == State.OPEN || now == State.ENDING && endingThread == Thread.currentThread();
    }

    /** Gives the connection back early; the next use borrows again. */
    @Override
    public void close() {
        giveBack();
    }

    /** False while it can be used, also after an early {@link #close()}; never borrows. */
    @Override
    public boolean isClosed() {
        return !isUsable();
    }

    /** Destroys the physical connection, if there is one; the next use borrows another. */
    @Override
    public void abort(Executor executor) throws SQLException {
        Lease current = lease;
        if (current != null) {
            current.abort(executor);
        }
    }

    @Override
    public String toString() {
        return "connection of pool '" + pool.name() + "' for this request";
    }

    // what Requests decides

    /** The request's thread leaves: the connection goes back, and may be borrowed when it returns. */
    void park() {
        move(State.PARKED);
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

    /** The bean is destroyed; other beans of the request may still use it on this thread. */
    void ending() {
        endingThread = Thread.currentThread();
        move(State.ENDING);
    }

    /** The request is over. */
    void ended() {
        move(State.ENDED);
    }

    boolean isEnding() {
        return state == State.ENDING;
    }

    /** The state first: nothing can be borrowed between the two that the new state forbids. */
    private void move(State next) {
        lock.lock();
        try {
            if (state != State.ENDED) { // some servers destroy, or show, a bean that is over
                state = next;
            }
        } finally {
            lock.unlock();
        }
        giveBack();
    }

    private void giveBack() {
        Lease given;
        lock.lock();
        try {
            given = lease;
            lease = null;
        } finally {
            lock.unlock();
        }
        if (given != null) {
            given.end();
        }
    }
}
