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
    /** Of statements, with drivers that keep it for all statements of a session. */
    QUERY_TIMEOUT,
    /** Settings of the driver beyond JDBC. */
    DRIVER,
    AUTO_COMMIT
}
