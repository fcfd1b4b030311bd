package org.cabstand.internal.jdbc;

/** State of a session that the JDBC API can change, in the order in which it is reset. */
public enum SessionAttribute {
    NETWORK_TIMEOUT,
    READ_ONLY,
    ISOLATION,
    HOLDABILITY,
    CATALOG,
    SCHEMA,
    CLIENT_INFO,
    TYPE_MAP,
    AUTO_COMMIT
}
