package org.cabstand.it.app;

/** The ways in which an application comes to a connection. */
public enum Via {
    /** The request's connection, in a pool that commits by itself. */
    CONNECTION("orders"),
    /** A connection borrowed and closed by the application, in the same pool. */
    DATA_SOURCE("orders"),
    /** The request's connection, in a pool with {@code auto-commit=false}. */
    MANUAL_CONNECTION("manual"),
    /** A connection borrowed and closed by the application, in a pool with {@code auto-commit=false}. */
    MANUAL_DATA_SOURCE("manual");

    private final String pool;

    Via(String pool) {
        this.pool = pool;
    }

    /**
     * Where the connection comes from.
     *
     * @return the pool's name
     */
    public String pool() {
        return pool;
    }
}
