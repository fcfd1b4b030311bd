package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * The state that every session of a pool begins with, and how to come back to it.
 *
 * <p>Read once, from the pool's first connection after it was set up: all sessions of a pool are set up
 * alike.
 *
 * <p>Thread safety: immutable.
 */
final class Baseline {

    /** Reads one attribute and gives the way back to what was read. */
    private interface Reader {
        SessionChange read(Connection connection) throws SQLException;
    }

    private final Map<SessionAttribute, SessionChange> wayBack;

    private Baseline(Map<SessionAttribute, SessionChange> wayBack) {
        this.wayBack = wayBack;
    }

    /** Reads the state of a fresh connection that is in auto-commit mode. */
    static Baseline of(Connection fresh, Database database, boolean autoCommit) {
        Map<SessionAttribute, Reader> readers = new EnumMap<>(SessionAttribute.class);
        readers.put(
                SessionAttribute.NETWORK_TIMEOUT,
                c -> {
                    int milliseconds = c.getNetworkTimeout();
                    return back -> back.setNetworkTimeout(Runnable::run, milliseconds);
                });
        readers.put(
                SessionAttribute.READ_ONLY,
                c -> {
                    boolean readOnly = c.isReadOnly();
                    return back -> back.setReadOnly(readOnly);
                });
        readers.put(
                SessionAttribute.ISOLATION,
                c -> {
                    int level = c.getTransactionIsolation();
                    return back -> back.setTransactionIsolation(level);
                });
        readers.put(
                SessionAttribute.HOLDABILITY,
                c -> {
                    int holdability = c.getHoldability();
                    return back -> back.setHoldability(holdability);
                });
        readers.put(
                SessionAttribute.CATALOG,
                c -> {
                    String catalog = c.getCatalog();
                    return back -> back.setCatalog(catalog);
                });
        readers.put(SessionAttribute.SCHEMA, database::schemaReset);
        readers.put(
                SessionAttribute.CLIENT_INFO,
                c -> {
                    Properties clientInfo = new Properties();
                    clientInfo.putAll(c.getClientInfo());
                    return back -> back.setClientInfo(clientInfo);
                });
        readers.put(
                SessionAttribute.TYPE_MAP,
                c -> {
                    Map<String, Class<?>> map = c.getTypeMap();
                    Map<String, Class<?>> copy = map == null ? Map.of() : Map.copyOf(map);
                    return back -> back.setTypeMap(copy);
                });
        Map<SessionAttribute, SessionChange> wayBack = new EnumMap<>(SessionAttribute.class);
        readers.forEach(
                (attribute, reader) -> {
                    try {
                        wayBack.put(attribute, reader.read(fresh));
                    } catch (SQLException | RuntimeException e) {
                        // a driver that cannot tell it can seldom set it; where it can, see reset()
                        Log.debug("the driver does not tell its " + attribute, e);
                    }
                });
        wayBack.put(SessionAttribute.AUTO_COMMIT, back -> back.setAutoCommit(autoCommit));
        return new Baseline(wayBack);
    }

    /**
     * Undoes changes, in the order of the attributes; there must be no open transaction.
     *
     * @throws SQLException when the driver refuses, or when there is no way back: the connection is of no
     *     more use then
     */
    void reset(Connection connection, Set<SessionAttribute> changed) throws SQLException {
        boolean session = !changed.equals(EnumSet.of(SessionAttribute.AUTO_COMMIT));
        if (session && !connection.getAutoCommit()) {
            // else a change of the session would be part of a transaction, and undone with it
            connection.setAutoCommit(true);
            changed.add(SessionAttribute.AUTO_COMMIT);
        }
        for (SessionAttribute attribute : changed) {
            SessionChange back = wayBack.get(attribute);
            if (back == null) {
                throw new SQLException("the driver does not tell its initial " + attribute);
            }
            back.apply(connection);
        }
    }

    /** Sets one attribute as at the beginning, if the driver told it then. */
    void restore(Connection connection, SessionAttribute attribute) throws SQLException {
        SessionChange back = wayBack.get(attribute);
        if (back != null) {
            back.apply(connection);
        }
    }
}
