package org.cabstand.internal.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.PoolUse;
import org.jspecify.annotations.Nullable;

/**
 * One handle's use of a transaction's connection, which several handles may share.
 *
 * <p>Thread safety: as {@link org.cabstand.internal.pool.Lease}.
 */
public final class TransactionUse extends PoolUse {

    /** The application's connection, as a transaction sees it. */
    public interface Borrower extends Connection {

        /**
         * Makes the session's settings those of this connection, before the session is used.
         *
         * @param use a use of this connection
         * @throws SQLException when the driver refuses
         */
        void prepare(TransactionUse use) throws SQLException;
    }

    private final TransactionBranch branch;
    private final Borrower handle;

    /** Written when the handle is closed. */
    private volatile boolean over;

    TransactionUse(TransactionBranch branch, Borrower handle) {
        super(branch.pool());
        this.branch = branch;
        this.handle = handle;
    }

    /** {@return the branch whose connection is used} */
    public TransactionBranch branch() {
        return branch;
    }

    /** {@return the transaction that this use is part of} */
    public GlobalTransaction transaction() {
        return branch.transaction();
    }

    @Override
    protected Lease lease() {
        return branch.lease();
    }

    @Override
    public boolean isOver() {
        return over || branch.isOver();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        checkNotOver();
        return branch.lease().driverConnection();
    }

    private void checkNotOver() throws SQLException {
        if (isOver()) {
            throw new SQLException(Message.TRANSACTION_OVER.format(pool().name()), "08003");
        }
    }

    @Override
    public Connection handle() {
        return handle;
    }

    @Override
    protected boolean isSameTransaction(ConnectionUse other) {
        return other instanceof TransactionUse use && use.branch == branch;
    }

    @Override
    public void asking() throws SQLException {
        checkNotOver();
        if (branch.manager().transaction() != transaction()) {
            throw branch.manager().statementElsewhere();
        }
        handle.prepare(this);
    }

    @Override
    public void executing() throws SQLException {
        asking();
        executingForOther();
    }

    @Override
    public @Nullable SQLException refusal(SessionAttribute attribute) throws SQLException {
        return SessionSettings.isOfTransaction(attribute)
                        && branch.lease().session().work().isInBegunTransaction()
                ? new SQLException(
                        Message.TRANSACTION_BEGUN.format(
                                attribute == SessionAttribute.READ_ONLY
                                        ? "setReadOnly()"
                                        : "setTransactionIsolation()",
                                pool().name()),
                        "25001")
                : null;
    }

    @Override
    public void completed() {
        // only the end of the transaction completes it
    }

    @Override
    public SQLException refusal(String method) {
        return new SQLException(
                Message.IN_TRANSACTION.format(
                        method, pool().name(), pool().settings().keyOf(Key.TRANSACTIONS)),
                "25000");
    }

    @Override
    public void changed(SessionAttribute attribute) {
        branch.lease().changed(attribute);
    }

    @Override
    public void unwrapped() {
        branch.lease().unwrapped();
    }

    @Override
    public SQLException failed(SQLException error) {
        branch.failed(error);
        // after the end it is not the session that fails, but an object that the application has
        // kept
        return over ? error : branch.lease().failed(error);
    }

    /**
     * Destroys the transaction's connection.
     *
     * @param executor as {@link Connection#abort} wants it
     * @throws SQLException when the driver refuses; it is destroyed all the same
     */
    public void abort(Executor executor) throws SQLException {
        branch.lease().abort(executor);
    }

    /** Cancels the running statements, from another thread. */
    void cancel() {
        statements().cancelAll();
    }

    /** Ends this use; the connection stays with the transaction. */
    public void close() {
        over = true;
        try {
            statements().closeAll();
        } catch (SQLException | RuntimeException | Error e) {
            // after a fatal error the branch knows; otherwise the return of the connection tries
            // again
            statements().leaveTo(branch.lease().statements());
            Log.debug("pool '" + pool().name() + "': a statement could not be closed", e);
        }
    }
}
