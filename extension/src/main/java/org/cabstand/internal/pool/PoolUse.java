package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.TrackedResource;

/**
 * A use of a connection of a pool: knows what was opened in it, and that nothing of it works afterwards.
 *
 * <p>Thread safety: the list of what is open is safe for concurrent use; the rest is the subclass's.
 */
public abstract class PoolUse implements ConnectionUse {

    private final NamedPool pool;
    private final OpenStatements statements = new OpenStatements();

    /**
     * A use that has opened nothing.
     *
     * @param pool whose connection is used
     */
    protected PoolUse(NamedPool pool) {
        this.pool = pool;
    }

    /**
     * The pool.
     *
     * @return whose connection is used
     */
    public final NamedPool pool() {
        return pool;
    }

    /**
     * Whether this use has ended.
     *
     * @return true for good once it has
     */
    public abstract boolean isOver();

    /**
     * What is open in this use.
     *
     * @return empty when nothing is
     */
    public final OpenStatements statements() {
        return statements;
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
    public final SQLException endedFor(String what) {
        return isOver() ? outlived(what) : null;
    }

    /**
     * The error for something that the application has kept for too long.
     *
     * @param what its type
     * @return to be thrown
     */
    protected final SQLException outlived(String what) {
        return new SQLException(Message.OUTLIVED.format(pool.name(), what), "08003");
    }

    @Override
    public final SQLException refusal(ConnectionUse setIn) {
        return isSameTransaction(setIn)
                ? null
                : new SQLException(Message.SAVEPOINT_ELSEWHERE.format(pool.name()), "3B001");
    }

    /**
     * Whether another use is part of the transaction that this one is in.
     *
     * @param other any use
     * @return true for this one
     */
    protected boolean isSameTransaction(ConnectionUse other) {
        return other == this;
    }
}
