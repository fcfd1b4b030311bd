package org.cabstand;

import java.sql.SQLTransientConnectionException;

/**
 * Thrown when all connections of a pool are in use and none was returned in time, or too many
 * requests are already waiting.
 *
 * <p>The message says how many connections are in use of how many, how many requests wait, and who
 * holds the oldest connections: the thread, for how long, where it borrowed them (with {@code
 * leak-timeout}), and where the thread is now unless it has moved on. Or it says that the calling
 * thread holds them all itself. Trying again later may help. The SQLState is {@value #SQL_STATE}.
 *
 * <p>Thread safety: like every exception.
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

    /** How many others waited for a connection. */
    private final int waiting;

    /**
     * Created by the pool.
     *
     * @param message the code, the pool, the counts, the holders and the fix
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
     * Returns how many connections were in use when this was thrown.
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
     * Returns how many others waited when this was thrown.
     *
     * @return zero or more
     */
    public int waiting() {
        return waiting;
    }
}
