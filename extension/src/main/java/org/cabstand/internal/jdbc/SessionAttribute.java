package org.cabstand.internal.jdbc;

/** State of a session that methods of a connection can change, in the order in which it is reset. */
public enum SessionAttribute {
    NETWORK_TIMEOUT,
    READ_ONLY,
    ISOLATION,
    HOLDABILITY,
    CATALOG,
    SCHEMA,
    CLIENT_INFO,
    TYPE_MAP,
    /** Nobody tells it. */
    SHARDING_KEY,
    /** Beyond JDBC. */
    DRIVER,
    AUTO_COMMIT
}
