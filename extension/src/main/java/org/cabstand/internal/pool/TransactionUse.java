package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.TrackedResource;

/**
 * One handle's use of the connection of a transaction: several handles may share it.
 *
 * <p>Thread safety: as {@link Lease}.
 */
final class TransactionUse implements ConnectionUse {

    private final Branch branch;
    private final BorrowingConnection handle;
    private final OpenStatements statements = new OpenStatements();

    /** Written when the handle is closed. */
    private volatile boolean over;

    /** Written by the handle, under its lock: how many of its changes were made here. */
    volatile int changesMade;

    TransactionUse(Branch branch, BorrowingConnection handle) {
        this.branch = branch;
        this.handle = handle;
    }

    Branch branch() {
        return branch;
    }

    GlobalTransaction transaction() {
        return branch.transaction();
    }

    boolean isOver() {
        return over || branch.isOver();
    }

    private NamedPool pool() {
        return branch.pool();
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
    public SQLException endedFor(String what) {
        return isOver() ? pool().outlived(what) : null;
    }

    @Override
    public SQLException refusal(ConnectionUse setIn) {
        return setIn instanceof TransactionUse other && other.branch == branch
                ? null
                : pool().savepointElsewhere();
    }

    @Override
    public void asking() throws SQLException {
        checkNotOver();
        if (pool().transaction() != transaction()) {
            throw pool().statementElsewhere();
        }
        handle.bringUpToDate(this);
    }

    @Override
    public void executing() throws SQLException {
        asking();
        branch.lease().physical().executing();
    }

    @Override
    public SQLException refusal(SessionAttribute attribute) throws SQLException {
        return SessionSettings.isOfTransaction(attribute)
                        && branch.physical().isInBegunTransaction()
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
        // only the transaction's end completes it
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
        // after its end it is no session that fails, but what the application has kept
        return over ? error : branch.lease().failed(error);
    }

    @Override
    public <R extends TrackedResource> R track(R resource) {
        statements.add(resource);
        return resource;
    }

    @Override
    public void forget(TrackedResource resource) {
        statements.remove(resource);
    }

    void abort(Executor executor) throws SQLException {
        branch.lease().abort(executor);
    }

    /** Ends what is being executed, from another thread. */
    void cancel() {
        statements.cancelAll();
    }

    /** Ends this use; the connection stays with the transaction. */
    void end() {
        over = true;
        try {
            statements.closeAll();
        } catch (SQLException | RuntimeException | Error e) {
            // after a fatal error the branch knows; else it is tried again when the connection goes
            // back
            statements.leaveTo(branch.lease().statements());
            Log.debug("pool '" + pool().name() + "': a statement could not be closed", e);
        }
    }
}
