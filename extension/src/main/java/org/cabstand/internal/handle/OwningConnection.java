package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.NamedPool;
import org.cabstand.internal.transaction.SessionSettings;
import org.cabstand.internal.transaction.WantedSettings;

/**
 * A handle with a connection of its own for work outside of JTA transactions: borrows it at its first use,
 * and another one when its session is lost. What was set through JDBC is set on each of them.
 *
 * <p>Thread safety: one thread at a time is expected, but the end may come from another one than the last
 * use. The lock guards every transition; {@code own} is volatile, so that a use needs no lock.
 */
abstract class OwningConnection extends ConnectionHandle implements Lease.Borrower {

    private static final AtomicReferenceFieldUpdater<OwningConnection, Lease> OWN =
            AtomicReferenceFieldUpdater.newUpdater(OwningConnection.class, Lease.class, "own");

    private final ConnectionSource source;

    /** Guards every borrow and every return; for subclasses too. */
    protected final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock: what is used outside of transactions. */
    private volatile Lease own;

    /** What {@code own} has of what is wanted; null before it has any. The thread that calls sets it. */
    private SessionSettings ownSettings;

    /** Written under the lock: what the application has set; null before the first. */
    private volatile WantedSettings wanted;

    /**
     * A handle that has borrowed nothing.
     *
     * @param source where it borrows
     */
    OwningConnection(ConnectionSource source) {
        this.source = source;
    }

    final ConnectionSource source() {
        return source;
    }

    /**
     * The pool.
     *
     * @return where it borrows
     */
    protected final NamedPool pool() {
        return source.pool();
    }

    /**
     * Asked before anything is borrowed, under the lock.
     *
     * @throws SQLException when this handle cannot be used any more
     */
    protected abstract void checkUsable() throws SQLException;

    /** Asked before a connection of its own is borrowed, under the lock. */
    abstract void checkOwnAllowed() throws SQLException;

    // borrowing

    /** The own connection, borrowed where it is missing. */
    final Lease ownUse() throws SQLException {
        Lease current = own;
        return current != null && isReady(current) ? current : borrowOwn();
    }

    private boolean isReady(Lease lease) {
        return !lease.isOver()
                && !lease.isLost()
                && SessionSettings.isAsWanted(ownSettings, wanted);
    }

    private Lease borrowOwn() throws SQLException {
        lock.lock();
        try {
            return borrowOwnLocked();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #ownUse}, by who holds the lock, or has a handle that nobody else knows yet. */
    final Lease borrowOwnLocked() throws SQLException {
        checkUsable();
        Lease current = own;
        if (current != null && current.isLost()) {
            current.giveBack();
        }
        if (current == null || current.isOver()) {
            checkOwnAllowed();
            current = source.borrow(this);
            ownSettings = null;
            if (wanted != null) {
                setUp(current);
            }
            OWN.lazySet(this, current); // the lock publishes it; a fence less
        } else {
            adopt(current);
        }
        return current;
    }

    private void setUp(Lease lease) throws SQLException {
        boolean done = false;
        try {
            adopt(lease);
            ownSettings.keep();
            done = true;
        } finally {
            if (!done) {
                lease.giveBack();
            }
        }
    }

    private void adopt(Lease lease) throws SQLException {
        try {
            ownSettings(lease).adopt(wanted);
        } catch (SQLException e) {
            throw lease.failed(e);
        }
    }

    // what the application has set

    /** What was set on a connection of its own; nothing so far, perhaps. */
    final SessionSettings ownSettings(Lease lease) {
        if (ownSettings == null || ownSettings.lease() != lease) {
            ownSettings = new SessionSettings(lease);
        }
        return ownSettings;
    }

    /** The same; null where nothing was set. */
    final SessionSettings ownSettings() {
        return ownSettings;
    }

    /** Null for nothing. */
    final WantedSettings wanted() {
        return wanted;
    }

    /** Under the lock. */
    final void wanted(WantedSettings next) {
        wanted = next;
    }

    /** A statement that was made before is about to run. */
    @Override
    public final void prepare(Lease lease) throws SQLException {
        if (source.manager().transaction() != null) {
            throw source.manager().statementElsewhere();
        }
        if (lease == own && !isReady(lease)) {
            borrowOwn();
        }
    }

    // a session that was lost

    /**
     * Whether a lost session is given back when that is found, and not at the next call only.
     *
     * @return true for a request's, which others may be waiting for
     */
    protected boolean givesBackAtOnce() {
        return true;
    }

    /** The next call borrows another one. */
    @Override
    public final void lost(Lease lease) {
        if (givesBackAtOnce()) {
            lease.giveBack();
        }
    }

    @Override
    public void commit() throws SQLException {
        try {
            super.commit();
        } finally {
            giveBackBroken();
        }
    }

    /** With its session the transaction has been rolled back. */
    @Override
    public void rollback() throws SQLException {
        if (use() instanceof Lease lease && lease.isBroken()) {
            giveBackOwn();
            return;
        }
        try {
            super.rollback();
        } finally {
            giveBackBroken();
        }
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        try {
            super.setAutoCommit(autoCommit);
            if (!autoCommit && currentUse() instanceof Lease lease) {
                lease.manualBegun();
            }
        } finally {
            if (autoCommit) {
                giveBackBroken();
            }
        }
    }

    /** The transaction is over, however it ended: the next call may borrow another session. */
    private void giveBackBroken() {
        if (currentUse() instanceof Lease lease && lease.isBroken()) {
            giveBackOwn();
        }
    }

    // giving back

    /** Gives back what is held outside of transactions, if there is anything. */
    final void giveBackOwn() {
        lock.lock();
        Lease held;
        try {
            held = takeOwn();
        } finally {
            lock.unlock();
        }
        if (held != null) {
            held.giveBack();
        }
    }

    /** To be given back by the caller, who holds the lock; null when there is none. */
    final Lease takeOwn() {
        Lease held = own;
        OWN.lazySet(this, null);
        return held;
    }

    /** Null when there is none. */
    final Lease own() {
        return own;
    }

    /**
     * Gives back what is held outside of transactions, unless work is open on it; under the lock.
     *
     * @return why it must be kept; null when nothing is held any more
     */
    final String giveBackIdle() throws SQLException {
        Lease held = own;
        if (held == null) {
            return null;
        }
        String unfinished = held.unfinished();
        if (unfinished == null) {
            own = null;
            held.giveBack();
        }
        return unfinished;
    }

    /** Gives back what is held outside of transactions, unless work is open on it. */
    protected final void giveBackIfIdle() {
        lock.lock();
        try {
            giveBackIdle();
        } catch (SQLException e) {
            Log.debug("a connection that cannot say whether it is idle is kept until the end", e);
        } finally {
            lock.unlock();
        }
    }
}
