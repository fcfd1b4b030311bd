package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.TrackedResource;
import org.cabstand.internal.monitor.StatementRun;
import org.jspecify.annotations.Nullable;

/**
 * A use of a pool's connection. It tracks the statements and results that were opened, and they stop working when
 * it ends.
 *
 * <p>Thread safety: the list of what is open is safe for concurrent use; the rest is the subclass's.
 */
public abstract class PoolUse implements ConnectionUse {

    private final ConnectionPool pool;
    private final OpenStatements statements = new OpenStatements();

    /**
     * A use without open statements.
     *
     * @param pool the pool whose connection is used
     */
    protected PoolUse(ConnectionPool pool) {
        this.pool = pool;
    }

    /** {@return the pool whose connection is used} */
    public final ConnectionPool pool() {
        return pool;
    }

    /** {@return whether this use has ended} */
    public abstract boolean isOver();

    /** {@return the statements and results that are open} */
    public final OpenStatements statements() {
        return statements;
    }

    @Override
    public final boolean isWatched() {
        return !pool.parts().watches.isEmpty();
    }

    @Override
    public final @Nullable StatementRun watch(String sql) {
        return pool.parts().watches.begin(sql, lease().entry().holding().waitedNanos());
    }

    /**
     * The lease that this use is part of.
     *
     * @return this one, if it is a lease
     */
    protected abstract Lease lease();

    /** {@return whether the thread that used the connection last has ended, or waits for other work} */
    public final boolean isForgotten() {
        return Holders.haveForgotten(lease().entry());
    }

    /** Called before a statement runs that does not count as the borrower's. */
    protected final void executingForOther() {
        lease().entry().executing();
    }

    @Override
    public final void executing(String sql) throws SQLException {
        executing();
        lease().entry().holding().executes(sql);
    }

    @Override
    public final void cancel(Cancellation cancellation) throws SQLException {
        lease().entry()
                .cancellations()
                .run(
                        () -> {
                            checkNotOver("Statement");
                            cancellation.run();
                        });
    }

    @Override
    public final <R extends TrackedResource> R track(R resource) {
        statements.add(resource);
        return resource;
    }

    @Override
    public final void forget(TrackedResource resource) {
        statements.remove(resource);
    }

    @Override
    public final @Nullable SQLException endedFor(String what) {
        return isOver() ? outlived(what) : null;
    }

    /**
     * Creates the error for an object that the application has kept for too long.
     *
     * @param what the type of the object
     * @return the error
     */
    protected final SQLException outlived(String what) {
        return new SQLException(Message.OUTLIVED.format(pool.name(), what), "08003");
    }

    @Override
    public final @Nullable SQLException refusal(ConnectionUse setIn) {
        return isSameTransaction(setIn)
                ? null
                : new SQLException(Message.SAVEPOINT_ELSEWHERE.format(pool.name()), "3B001");
    }

    /** Refuses a commit when the database would roll back, because a driver may take that for success. */
    @Override
    public @Nullable SQLException refusal(String method) throws SQLException {
        return method.equals(COMMIT) && lease().session().work().isDoomed()
                ? new SQLException(Message.FAILED_BEFORE_COMMIT.format(pool.name()), "25P02")
                : null;
    }

    @Override
    public @Nullable SQLException refusal(SessionAttribute attribute) throws SQLException {
        return null;
    }

    /**
     * Whether another use is part of the same transaction as this one.
     *
     * @param other any use
     * @return true for this use itself
     */
    protected boolean isSameTransaction(ConnectionUse other) {
        return other == this;
    }
}
