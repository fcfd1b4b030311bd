package org.cabstand.internal.config;

import java.sql.Connection;

/** The transaction isolation levels of JDBC. */
public enum Isolation {
    READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED),
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
    REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

    private final int level;

    Isolation(int level) {
        this.level = level;
    }

    /**
     * Returns JDBC's constant.
     *
     * @return one of the constants of {@link Connection}
     */
    public int level() {
        return level;
    }
}
