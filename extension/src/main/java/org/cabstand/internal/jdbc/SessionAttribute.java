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
    /** No driver tells its value. */
    SHARDING_KEY,
    /** Settings of the driver beyond JDBC. */
    DRIVER,
    AUTO_COMMIT
}
