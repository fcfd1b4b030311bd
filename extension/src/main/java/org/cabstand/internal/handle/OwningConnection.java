package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.pool.Borrower;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.transaction.SessionSettings;
import org.cabstand.internal.transaction.WantedSettings;
import org.jspecify.annotations.Nullable;

/**
 * A handle with a connection of its own, for work outside of JTA transactions. It borrows one at its first use and
 * another one when the session is lost, and makes the application's settings on each.
 *
 * <p>Thread safety: one thread at a time is expected, but a different thread may end it. The lock guards every
 * transition; {@code own} is volatile, so that a use needs no lock.
 */
abstract class OwningConnection extends ConnectionHandle implements Borrower {

    private static final AtomicReferenceFieldUpdater<OwningConnection, Lease> OWN =
            AtomicReferenceFieldUpdater.newUpdater(OwningConnection.class, Lease.class, "own");

    private final ConnectionSource source;

    /** Guards every borrow and every return. */
    protected final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock: the lease for work outside of transactions. */
    private volatile @Nullable Lease own;

    /** The settings that {@code own} has; null for none. Read and written by the thread that calls. */
    private @Nullable SessionSettings ownSettings;

    /** Written under the lock: the settings that the application has made; null for none. */
    private volatile @Nullable WantedSettings wanted;

    /**
     * A handle that has borrowed nothing yet.
     *
     * @param source the source to borrow from
     */
    OwningConnection(ConnectionSource source) {
        this.source = source;
    }

    final ConnectionSource source() {
        return source;
    }

    /** {@return the pool that this handle borrows from} */
    protected final ConnectionPool pool() {
        return source.pool();
    }

    /**
     * Checks that this handle may still be used. Called under the lock, before each borrow.
     *
     * @throws SQLException when it may not
     */
    protected abstract void checkUsable() throws SQLException;

    /** Checks that work outside of transactions is allowed. Called under the lock, before each borrow. */
    abstract void checkOwnAllowed() throws SQLException;

    // borrowing

    /** The lease for work outside of transactions; borrowed if there is none. */
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

    /** As {@link #ownUse}; called under the lock, or for a handle that no other thread knows. */
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
            ownSettings(lease).keep();
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

    // settings

    /** The settings of the lease, for a handle that is about to change them. */
    final SessionSettings ownSettings(Lease lease) {
        if (ownSettings == null || ownSettings.lease() != lease) {
            ownSettings = new SessionSettings(lease);
        }
        return ownSettings;
    }

    /** The settings that the lease has; null for none. */
    final @Nullable SessionSettings ownSettings() {
        return ownSettings;
    }

    /** The settings that the application has made; null for none. */
    final @Nullable WantedSettings wanted() {
        return wanted;
    }

    /** Notes the settings that the application has made; under the lock. */
    final void wanted(WantedSettings next) {
        wanted = next;
    }

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
     * Whether a lost session is given back as soon as the loss is found, and not only at the next call.
     *
     * @return true for requests, as others may be waiting for the connection
     */
    protected boolean givesBackAtOnce() {
        return true;
    }

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

    /** Succeeds when the session is lost, because the transaction was rolled back with it. */
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
                lease.session().work().manualBegun();
            }
        } finally {
            if (autoCommit) {
                giveBackBroken();
            }
        }
    }

    /** The transaction is over, one way or another: the next call may use another session. */
    private void giveBackBroken() {
        if (currentUse() instanceof Lease lease && lease.isBroken()) {
            giveBackOwn();
        }
    }

    // giving back

    /** Gives back the lease for work outside of transactions, if there is one. */
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

    /** Takes that lease, for the caller to give back; under the lock. Null when there is none. */
    final @Nullable Lease takeOwn() {
        Lease held = own;
        OWN.lazySet(this, null);
        return held;
    }

    /** The lease for work outside of transactions; null when there is none. */
    protected final @Nullable Lease own() {
        return own;
    }

    /**
     * Gives back the lease for work outside of transactions, unless it has unfinished work; under the lock.
     *
     * @return why it was kept; null when it was not
     */
    final @Nullable String giveBackIdle() throws SQLException {
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

    /** Gives back the lease for work outside of transactions, unless it has unfinished work. */
    protected final void giveBackIfIdle() {
        lock.lock();
        try {
            giveBackIdle();
        } catch (SQLException e) {
            Log.debug("a connection that cannot tell whether it is idle is kept until the end", e);
        } finally {
            lock.unlock();
        }
    }
}
