package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.SessionSettings;
import org.cabstand.internal.transaction.TransactionBranch;
import org.cabstand.internal.transaction.TransactionUse;
import org.cabstand.internal.transaction.WantedSettings;
import org.jspecify.annotations.Nullable;

/**
 * A handle that decides at each call which connection of its pool to use: that of the thread's JTA transaction or,
 * outside of transactions, its own. It borrows the connection that is missing.
 *
 * <p>Thread safety: as {@link OwningConnection}; {@code joined} is volatile too.
 */
public abstract class BorrowingConnection extends OwningConnection
        implements TransactionUse.Borrower {

    /** Written under the lock: the latest use in a transaction. */
    private volatile @Nullable TransactionUse joined;

    /** Guarded by the lock; null before the first. */
    private @Nullable TransactionUses inTransactions;

    /** The use of the last call; read and written by the thread that calls. */
    private @Nullable ConnectionUse recent;

    /**
     * A handle that has borrowed nothing yet.
     *
     * @param source the source to borrow from
     */
    protected BorrowingConnection(ConnectionSource source) {
        super(source);
    }

    private @Nullable GlobalTransaction transaction() throws SQLException {
        return source().manager().transaction();
    }

    @Override
    protected final ConnectionUse use() throws SQLException {
        recent = null; // a failure from here on is not the fault of a session
        GlobalTransaction transaction = transaction();
        ConnectionUse use = transaction == null ? ownUse() : useIn(transaction);
        recent = use;
        return use;
    }

    @Override
    protected final @Nullable ConnectionUse currentUse() {
        return recent;
    }

    private TransactionUse useIn(GlobalTransaction transaction) throws SQLException {
        TransactionUse current = joined;
        return current != null
                        && current.transaction() == transaction
                        && !current.isOver()
                        && isAsWanted(current)
                ? current
                : join(transaction);
    }

    private boolean isAsWanted(TransactionUse use) {
        return SessionSettings.isAsWanted(use.branch().settings(), wanted());
    }

    /** Borrows at once what the first use would borrow. For a handle that no other thread knows. */
    final void borrowUnshared() throws SQLException {
        GlobalTransaction transaction = transaction();
        recent = transaction == null ? borrowOwnLocked() : join(transaction);
    }

    @Override
    final void checkOwnAllowed() throws SQLException {
        source().manager().checkOutsideAllowed();
        checkNotBlockedBySuspended();
    }

    private void checkNotBlockedBySuspended() throws SQLException {
        if (inTransactions != null && inTransactions.isAnyOpen()) {
            pool().checkNotBlocked("its suspended transaction has not ended");
        }
    }

    // transactions

    private TransactionUse join(GlobalTransaction transaction) throws SQLException {
        lock.lock();
        try {
            checkUsable();
            if (inTransactions == null) {
                inTransactions = new TransactionUses();
            }
            TransactionUse use = inTransactions.find(transaction);
            if (use == null) {
                // so that a request holds two connections only if it must
                String unfinished = giveBackIdle();
                TransactionBranch branch = transaction.branch(pool());
                use = branch == null ? borrow(transaction, unfinished) : branch.use(this);
                inTransactions.add(use);
            }
            adoptIn(use);
            joined = use;
            return use;
        } finally {
            lock.unlock();
        }
    }

    private TransactionUse borrow(GlobalTransaction transaction, @Nullable String unfinished)
            throws SQLException {
        transaction.admit(pool());
        if (unfinished != null) {
            pool().checkNotBlocked("the one used before the transaction has " + unfinished);
        } else {
            checkNotBlockedBySuspended();
        }
        return source().manager().enlist(transaction, source().borrow(null), this);
    }

    // settings

    private SessionSettings settings(ConnectionUse use) {
        return use instanceof TransactionUse shared
                ? shared.branch().settingsToChange()
                : ownSettings((Lease) use);
    }

    /** Gives the transaction's session the settings of this handle; under the lock. */
    private void adoptIn(TransactionUse use) throws SQLException {
        if (!isAsWanted(use)) {
            try {
                settings(use).adopt(wanted());
            } catch (SQLException e) {
                throw use.failed(e);
            }
        }
    }

    @Override
    public final void prepare(TransactionUse use) throws SQLException {
        if (!isAsWanted(use)) {
            lock.lock();
            try {
                adoptIn(use);
            } finally {
                lock.unlock();
            }
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
            WantedSettings more = WantedSettings.add(wanted(), attribute, change);
            settings(use).made(attribute, more);
            wanted(more);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected final void rolledBack() {
        SessionSettings settings =
                recent instanceof TransactionUse shared
                        ? shared.branch().settings()
                        : ownSettings();
        if (settings != null) {
            settings.rolledBack();
        }
    }

    // ending

    /** Ends the use that a call would go to now. A transaction keeps its connection until it ends. */
    protected final void giveBackCurrent() {
        GlobalTransaction transaction;
        try {
            transaction = transaction();
        } catch (SQLException e) {
            Log.debug("nothing is given back while a transaction ends: it does so itself", e);
            return;
        }
        if (transaction == null) {
            giveBackOwn();
        } else {
            leave(transaction);
        }
    }

    private void leave(GlobalTransaction transaction) {
        TransactionUse use;
        lock.lock();
        try {
            use = inTransactions == null ? null : inTransactions.remove(transaction);
        } finally {
            lock.unlock();
        }
        if (use != null) {
            use.close();
        }
    }

    /** Ends all uses. A transaction keeps its connection until it ends. */
    protected final void giveBack() {
        lock.lock();
        TransactionUses uses;
        Lease held;
        try {
            uses = inTransactions;
            inTransactions = null;
            held = takeOwn();
        } finally {
            lock.unlock();
        }
        if (uses != null) {
            uses.closeAll();
        }
        if (held != null) {
            held.giveBack();
        }
    }

    /**
     * Destroys the physical connection that a call would go to now, if there is one. Any thread may call this. The
     * connection of a suspended transaction is spared when that transaction's own thread calls.
     *
     * @param executor as in JDBC
     * @throws SQLException when the driver refuses; the connection is destroyed all the same
     */
    @Override
    public void abort(Executor executor) throws SQLException {
        TransactionUse use = joined;
        if (use == null || use.isOver() || !use.branch().isCalledFromElsewhere()) {
            GlobalTransaction transaction = transactionToAbort();
            if (transaction == null) {
                Lease lease = own();
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

    private @Nullable GlobalTransaction transactionToAbort() {
        try {
            return transaction();
        } catch (SQLException e) {
            Log.debug("aborted while its transaction ends, or has timed out", e);
            TransactionUse use = joined;
            return use == null ? null : use.transaction();
        }
    }

    private @Nullable TransactionUse locate(GlobalTransaction transaction) {
        lock.lock();
        try {
            return inTransactions == null ? null : inTransactions.find(transaction);
        } finally {
            lock.unlock();
        }
    }
}
