package org.cabstand.internal.pool;

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

    private final NamedPool pool;

    /** Guards every borrow and every end; for subclasses too. */
    protected final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock: what is used outside of transactions. */
    private volatile Lease own;

    /** Written under the lock: the use of the transaction that was asked for last. */
    private volatile TransactionUse joined;

    /** Guarded by the lock: those of transactions that go on, suspended ones too; null before the first. */
    private List<TransactionUse> inTransactions;

    /** A change that the application made, and the how manyth it was. */
    private record Change(int number, SessionChange change) {}

    /** Guarded by the lock: what to set again on the next connection; null before the first. */
    private Map<SessionAttribute, Change> changes;

    /** Written under the lock: how many changes there were. */
    private volatile int changeCount;

    /** Written under the lock: how many of them {@code own} has. */
    private volatile int madeOnOwn;

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
                        && current.changesMade == changeCount
                ? current
                : join(transaction);
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
        if (current == null || current.isOver()) {
            pool.checkOutsideAllowed();
            if (isInTransaction()) {
                pool.checkNotBlocked("its suspended transaction goes on");
            }
            current = borrowChanged(this, true);
            OWN.lazySet(this, current); // the lock publishes it; a fence less
        } else {
            repeatChanges(current, madeOnOwn, true);
        }
        MADE_ON_OWN.lazySet(this, changeCount);
        return current;
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
                if (branch == null) {
                    branch = enlist(transaction, unfinished);
                    use = branch.use(this);
                    use.changesMade = changeCount;
                } else {
                    use = branch.use(this);
                }
                inTransactions.add(use);
            }
            if (use.changesMade != changeCount) {
                repeatChanges(use, use.changesMade, false);
                use.changesMade = changeCount;
            }
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

    private Branch enlist(GlobalTransaction transaction, String unfinished) throws SQLException {
        transaction.admit(pool);
        if (unfinished != null) {
            pool.checkNotBlocked("the one used before the transaction has " + unfinished);
        } else if (isInTransaction()) {
            pool.checkNotBlocked("its suspended transaction goes on");
        }
        return Branch.begin(pool, transaction, borrowChanged(null, false));
    }

    private Lease borrowChanged(ConnectionHandle handle, boolean autoCommitToo)
            throws SQLException {
        Lease lease = pool.borrow(handle);
        boolean done = false;
        try {
            repeatChanges(lease, 0, autoCommitToo);
            lease.completed();
            done = true;
        } finally {
            if (!done) {
                lease.end();
            }
        }
        return lease;
    }

    private void repeatChanges(ConnectionUse use, int made, boolean autoCommitToo)
            throws SQLException {
        if (changes == null) {
            return;
        }
        for (Map.Entry<SessionAttribute, Change> entry : changes.entrySet()) {
            boolean toMake = autoCommitToo || entry.getKey() != SessionAttribute.AUTO_COMMIT;
            if (toMake && entry.getValue().number() > made) {
                use.changed(entry.getKey());
                entry.getValue().change().apply(use.driverConnection());
            }
        }
    }

    @Override
    protected final void remember(SessionAttribute attribute, SessionChange change) {
        lock.lock();
        try {
            if (changes == null) {
                changes = new EnumMap<>(SessionAttribute.class);
            }
            int number = changeCount + 1;
            Change before = changes.get(attribute);
            changes.put(
                    attribute,
                    new Change(number, before == null ? change : change.after(before.change())));
            changeCount = number;
            if (recent == own) {
                madeOnOwn = changeCount;
            } else if (recent instanceof TransactionUse use) {
                use.changesMade = changeCount;
            }
        } finally {
            lock.unlock();
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
     * Destroys the physical connection that a call would go to now, if there is one.
     *
     * @param executor as JDBC wants it
     * @throws SQLException when the driver refuses; the connection is destroyed all the same
     */
    @Override
    public void abort(Executor executor) throws SQLException {
        TransactionUse use = joined;
        Lease lease = own;
        if (use != null && !use.isOver()) {
            use.abort(executor);
        } else if (lease != null) {
            lease.abort(executor);
        }
    }
}
