package org.cabstand;

import java.sql.SQLTransientConnectionException;

/**
 * All connections of a pool are in use, and none came back in time, or too many wait already.
 *
 * <p>The message says how many are in use of how many, how many wait, and who holds the oldest ones:
 * thread, how long, where it was borrowed (with {@code leak-timeout}), and where that thread is at the
 * moment when this exception is made, if it has not gone on. Or it says that the calling thread holds them
 * all itself. It may be worth trying again later; the SQLState is {@value #SQL_STATE}.
 *
 * <p>Thread safety: as every exception.
 */
public final class PoolExhaustedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    /** "Client unable to establish the connection", SQL:2003, class 08. */
    public static final String SQL_STATE = "08001";

    /** The pool's name. */
    private final String pool;

    /** Connections in use when this was thrown. */
    private final int inUse;

    /** The pool's limit. */
    private final int maxSize;

    /** How many waited for a connection, the thrower not counted. */
    private final int waiting;

    /**
     * Made by the pool.
     *
     * @param message code, pool, counts, holders, fix
     * @param pool the pool's name
     * @param inUse connections in use
     * @param maxSize the pool's limit
     * @param waiting how many others wait
     */
    public PoolExhaustedException(
            String message, String pool, int inUse, int maxSize, int waiting) {
        super(message, SQL_STATE);
        this.pool = pool;
        this.inUse = inUse;
        this.maxSize = maxSize;
        this.waiting = waiting;
    }

    /**
     * The pool's name.
     *
     * @return e.g. {@code orders}
     */
    public String pool() {
        return pool;
    }

    /**
     * Connections in use when this was thrown.
     *
     * @return at most {@link #maxSize()}
     */
    public int inUse() {
        return inUse;
    }

    /**
     * The pool's limit.
     *
     * @return {@code max-size}
     */
    public int maxSize() {
        return maxSize;
    }

    /**
     * How many others waited when this was thrown.
     *
     * @return zero or more
     */
    public int waiting() {
        return waiting;
    }
}
