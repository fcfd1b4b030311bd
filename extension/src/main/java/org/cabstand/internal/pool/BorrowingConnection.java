package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * A handle that decides at each call which connection of its pool the call goes to: the one of the
 * thread's JTA transaction, or, outside of transactions, one of its own. What is missing is borrowed.
 *
 * <p>What was set through JDBC is set on each of them.
 *
 * <p>Thread safety: one thread at a time is expected, but the end may come from another one than the last
 * use. The lock guards every transition; {@code own} and {@code joined} are volatile, so that a use needs
 * no lock.
 */
public abstract class BorrowingConnection extends ConnectionHandle {

    private static final AtomicReferenceFieldUpdater<BorrowingConnection, Lease> OWN =
            AtomicReferenceFieldUpdater.newUpdater(BorrowingConnection.class, Lease.class, "own");
    private static final AtomicIntegerFieldUpdater<BorrowingConnection> MADE_ON_OWN =
            AtomicIntegerFieldUpdater.newUpdater(BorrowingConnection.class, "madeOnOwn");

    /** In place of a count of changes: they are to be looked through. */
    private static final int STALE = -1;

    private final NamedPool pool;

    /** Guards every borrow and every end; for subclasses too. */
    protected final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock: what is used outside of transactions. */
    private volatile Lease own;

    /** Written under the lock: the use of the transaction that was asked for last. */
    private volatile TransactionUse joined;

    /** Guarded by the lock: those of transactions that go on, suspended ones too; null before the first. */
    private List<TransactionUse> inTransactions;

    /** Something that was set; each time another one, though the change may go on to grow. */
    private record Wanted(SessionChange change) implements SessionChange {
        @Override
        public void apply(Connection connection) throws SQLException {
            change.apply(connection);
        }
    }

    /** Guarded by the lock: what the application has set; null before the first. */
    private Map<SessionAttribute, Wanted> wanted;

    /** Written under the lock: how often it has set something. */
    private volatile int changeCount;

    /** Written under the lock: how much of that {@code own} has. */
    private volatile int madeOnOwn;

    /** What {@code own} has of it; null before it has any. The thread that calls is the one that sets. */
    private SessionSettings ownSettings;

    /** What the last call went to; the thread that calls is the one that asks. */
    private ConnectionUse recent;

    /**
     * A handle that has borrowed nothing.
     *
     * @param pool where it borrows
     */
    protected BorrowingConnection(NamedPool pool) {
        this.pool = pool;
    }

    /**
     * The pool that this handle borrows from.
     *
     * @return the pool
     */
    protected final NamedPool pool() {
        return pool;
    }

    /**
     * Asked before anything is borrowed, under the lock.
     *
     * @throws SQLException when this handle cannot be used any more
     */
    protected abstract void checkUsable() throws SQLException;

    @Override
    protected final ConnectionUse use() throws SQLException {
        recent = null; // what fails from here on is no session's fault
        GlobalTransaction transaction = pool.transaction();
        ConnectionUse use = transaction == null ? ownUse() : useIn(transaction);
        recent = use;
        return use;
    }

    @Override
    protected final ConnectionUse currentUse() {
        return recent;
    }

    private ConnectionUse ownUse() throws SQLException {
        Lease current = own;
        return current != null && !current.isOver() && madeOnOwn == changeCount
                ? current
                : borrowOwn();
    }

    private ConnectionUse useIn(GlobalTransaction transaction) throws SQLException {
        TransactionUse current = joined;
        return current != null
                        && current.transaction() == transaction
                        && !current.isOver()
                        && isUpToDate(current)
                ? current
                : join(transaction);
    }

    /** Whether the session is as this handle wants it: another one may have used it. */
    private boolean isUpToDate(TransactionUse use) {
        return use.changesMade == changeCount && use.branch().isSetFor(use);
    }

    // borrowing

    /** For a handle that nobody has yet: what it would borrow at its first use. */
    final void borrowUnshared() throws SQLException {
        GlobalTransaction transaction = pool.transaction();
        recent = transaction == null ? borrowOwnLocked() : join(transaction);
    }

    private Lease borrowOwn() throws SQLException {
        lock.lock();
        try {
            return borrowOwnLocked();
        } finally {
            lock.unlock();
        }
    }

    private Lease borrowOwnLocked() throws SQLException {
        checkUsable();
        Lease current = own;
        if (current != null && current.isLost()) {
            current.end();
        }
        if (current == null || current.isOver()) {
            pool.checkOutsideAllowed();
            if (isInTransaction()) {
                pool.checkNotBlocked("its suspended transaction goes on");
            }
            current = pool.borrow(this);
            if (wanted != null) {
                setUp(current);
            }
            OWN.lazySet(this, current); // the lock publishes it; a fence less
            MADE_ON_OWN.lazySet(this, changeCount);
        } else if (adopt(current, settings(current))) {
            MADE_ON_OWN.lazySet(this, changeCount);
        }
        return current;
    }

    private void setUp(Lease lease) throws SQLException {
        boolean done = false;
        try {
            ownSettings = new SessionSettings(pool, lease, null);
            adopt(lease, ownSettings);
            ownSettings.keep();
            done = true;
        } finally {
            if (!done) {
                lease.end();
            }
        }
    }

    private boolean isInTransaction() {
        return inTransactions != null && inTransactions.stream().anyMatch(use -> !use.isOver());
    }

    private TransactionUse join(GlobalTransaction transaction) throws SQLException {
        lock.lock();
        try {
            checkUsable();
            TransactionUse use = find(transaction);
            if (use == null) {
                String unfinished = giveBackIdle();
                Branch branch = transaction.branch(pool);
                use = branch == null ? enlist(transaction, unfinished) : branch.use(this);
                inTransactions.add(use);
            }
            setUp(use);
            joined = use;
            return use;
        } finally {
            lock.unlock();
        }
    }

    private TransactionUse find(GlobalTransaction transaction) {
        if (inTransactions == null) {
            inTransactions = new ArrayList<>(2);
        }
        inTransactions.removeIf(TransactionUse::isOver);
        for (TransactionUse use : inTransactions) {
            if (use.transaction() == transaction) {
                return use;
            }
        }
        return null;
    }

    /**
     * A request holds two connections only where it must.
     *
     * @return why the own connection must be kept; null when nothing is held
     */
    private String giveBackIdle() throws SQLException {
        Lease held = own;
        if (held == null) {
            return null;
        }
        String unfinished = held.unfinished();
        if (unfinished == null) {
            own = null;
            held.end();
        }
        return unfinished;
    }

    private TransactionUse enlist(GlobalTransaction transaction, String unfinished)
            throws SQLException {
        transaction.admit(pool);
        if (unfinished != null) {
            pool.checkNotBlocked("the one used before the transaction has " + unfinished);
        } else if (isInTransaction()) {
            pool.checkNotBlocked("its suspended transaction goes on");
        }
        return Branch.begin(pool, transaction, pool.borrow(null), this);
    }

    // what the application has set

    private SessionSettings settings(ConnectionUse use) {
        if (use instanceof TransactionUse shared) {
            return shared.branch().settingsToChange();
        }
        if (ownSettings == null || ownSettings.lease() != use) {
            ownSettings = new SessionSettings(pool, (Lease) use, null);
        }
        return ownSettings;
    }

    private boolean adopt(ConnectionUse use, SessionSettings settings) throws SQLException {
        try {
            return settings.adopt(wanted == null ? Map.of() : wanted);
        } catch (SQLException e) {
            throw use.failed(e);
        }
    }

    /** Makes the transaction's session be as this handle wants it; under the lock. */
    final void setUp(TransactionUse use) throws SQLException {
        if (!isUpToDate(use)) {
            use.branch().setFor(null);
            if (adopt(use, settings(use))) {
                markSet(use, changeCount);
            }
        }
    }

    /** A statement that was made before is about to run. */
    final void bringUpToDate(TransactionUse use) throws SQLException {
        if (!isUpToDate(use)) {
            lock.lock();
            try {
                setUp(use);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A statement that was made before is about to run. */
    final void bringUpToDate(Lease lease) throws SQLException {
        if (madeOnOwn != changeCount && lease == own) {
            borrowOwn();
        }
    }

    @Override
    protected final void apply(ConnectionUse use, SessionAttribute attribute, SessionChange change)
            throws SQLException {
        settings(use).apply(attribute, change);
    }

    @Override
    protected final void remember(
            ConnectionUse use, SessionAttribute attribute, SessionChange change) {
        lock.lock();
        try {
            if (wanted == null) {
                wanted = new EnumMap<>(SessionAttribute.class);
            }
            Wanted before = wanted.get(attribute);
            Wanted whole = new Wanted(before == null ? change : change.after(before.change()));
            wanted.put(attribute, whole);
            settings(use).made(attribute, whole);
            changeCount++;
            markSet(use, changeCount);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected final void rolledBack() {
        ConnectionUse use = recent;
        SessionSettings settings =
                use instanceof TransactionUse shared ? shared.branch().settings() : ownSettings;
        if (settings != null && settings.rolledBack()) {
            markSet(use, STALE);
        }
    }

    private void markSet(ConnectionUse use, int changes) {
        if (use instanceof TransactionUse shared) {
            shared.branch().setFor(shared);
            shared.changesMade = changes;
        } else {
            madeOnOwn = changes;
        }
    }

    // a session that was lost

    /**
     * Whether a lost session is let go when that is found, and not at the next call only.
     *
     * @return true for a request's, which others may be waiting for
     */
    protected boolean letsGoAtOnce() {
        return true;
    }

    /** Outside of a transaction: the next call borrows another one. */
    final void lost(Lease lease) {
        if (letsGoAtOnce()) {
            lease.end();
        } else if (lease == own) {
            madeOnOwn = STALE;
        }
    }

    @Override
    public void commit() throws SQLException {
        try {
            super.commit();
        } finally {
            letGoIfLost();
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
            letGoIfLost();
        }
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        try {
            super.setAutoCommit(autoCommit);
            if (!autoCommit && recent instanceof Lease lease) {
                lease.physical().manualBegun();
            }
        } finally {
            if (autoCommit) {
                letGoIfLost();
            }
        }
    }

    /** The transaction is over, however it ended: the next call may borrow another session. */
    private void letGoIfLost() {
        if (recent instanceof Lease lease && lease.isBroken()) {
            giveBackOwn();
        }
    }

    // ending

    /**
     * Ends the use that a call would go to now; in a transaction that is this handle's use of the
     * transaction's connection.
     */
    protected final void giveBackCurrent() {
        GlobalTransaction transaction;
        try {
            transaction = pool.transaction();
        } catch (SQLException e) {
            Log.debug("nothing is given back while a transaction ends: it does so itself", e);
            return;
        }
        if (transaction == null) {
            giveBackOwn();
        } else {
            end(transaction);
        }
    }

    private void giveBackOwn() {
        lock.lock();
        Lease held;
        try {
            held = own;
            OWN.lazySet(this, null);
        } finally {
            lock.unlock();
        }
        if (held != null) {
            held.end();
        }
    }

    private void end(GlobalTransaction transaction) {
        TransactionUse use;
        lock.lock();
        try {
            use = find(transaction);
            if (use != null) {
                inTransactions.remove(use);
            }
        } finally {
            lock.unlock();
        }
        if (use != null) {
            use.end();
        }
    }

    /** Ends every use; a transaction keeps its connection until it ends. */
    protected final void giveBack() {
        lock.lock();
        List<TransactionUse> uses;
        Lease held;
        try {
            uses = inTransactions;
            inTransactions = null;
            held = own;
            OWN.lazySet(this, null);
        } finally {
            lock.unlock();
        }
        if (uses != null) {
            uses.forEach(TransactionUse::end);
        }
        if (held != null) {
            held.end();
        }
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

    /**
     * Runs something that may wait for the database, on a thread of the pool.
     *
     * @param task not run any more when the pool has been closed, which ends everything itself
     */
    protected final void inBackground(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + pool.name() + "' is closed: it takes back what is borrowed", e);
        }
    }

    /**
     * Destroys the physical connection that a call would go to now, if there is one. JDBC lets any thread
     * ask for that; a suspended transaction is nothing that a call of its own thread would go to.
     *
     * @param executor as JDBC wants it
     * @throws SQLException when the driver refuses; the connection is destroyed all the same
     */
    @Override
    public void abort(Executor executor) throws SQLException {
        TransactionUse use = joined;
        if (use == null || use.isOver() || !use.branch().isCalledFromElsewhere()) {
            GlobalTransaction transaction = transactionToAbort();
            if (transaction == null) {
                Lease lease = own;
                if (lease != null) {
                    lease.abort(executor);
                }
                return;
            }
            use = locate(transaction);
        }
        if (use != null) {
            use.abort(executor);
        }
    }

    private GlobalTransaction transactionToAbort() {
        try {
            return pool.transaction();
        } catch (SQLException e) {
            Log.debug("aborted while its transaction ends, or has timed out", e);
            TransactionUse use = joined;
            return use == null ? null : use.transaction();
        }
    }

    private TransactionUse locate(GlobalTransaction transaction) {
        lock.lock();
        try {
            return find(transaction);
        } finally {
            lock.unlock();
        }
    }
}
