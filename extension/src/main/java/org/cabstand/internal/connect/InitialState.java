package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * The state that every session of a user begins with, and the way back to it.
 *
 * <p>Read once, from the user's first connection after it was set up: all sessions of a user are set up alike.
 *
 * <p>Thread safety: immutable.
 */
final class InitialState {

    /** Restores the value that was read; false when the driver does not. */
    private interface WayBack {
        boolean go(Connection connection) throws SQLException;

        /** A way back that the driver either takes or refuses. */
        static WayBack by(SessionChange change) {
            return connection -> {
                change.apply(connection);
                return true;
            };
        }
    }

    /** Reads one attribute and gives the way back to what was read. */
    private interface Reader {
        WayBack read(Connection connection) throws SQLException;
    }

    private final Map<SessionAttribute, WayBack> wayBack;

    private InitialState(Map<SessionAttribute, WayBack> wayBack) {
        this.wayBack = wayBack;
    }

    private static Map<SessionAttribute, Reader> readers(Database database) {
        Map<SessionAttribute, Reader> readers = new EnumMap<>(SessionAttribute.class);
        readers.put(
                SessionAttribute.NETWORK_TIMEOUT,
                c -> {
                    int milliseconds = c.getNetworkTimeout();
                    return WayBack.by(back -> back.setNetworkTimeout(Runnable::run, milliseconds));
                });
        readers.put(
                SessionAttribute.READ_ONLY, c -> WayBack.by(database.sessions().readOnlyReset(c)));
        readers.put(
                SessionAttribute.ISOLATION,
                c -> {
                    int level = c.getTransactionIsolation();
                    return WayBack.by(back -> back.setTransactionIsolation(level));
                });
        readers.put(
                SessionAttribute.HOLDABILITY,
                c -> {
                    int holdability = c.getHoldability();
                    return WayBack.by(back -> back.setHoldability(holdability));
                });
        readers.put(
                SessionAttribute.CATALOG,
                c -> {
                    String catalog = c.getCatalog();
                    return isNone(catalog)
                            ? back -> isNone(back.getCatalog())
                            : WayBack.by(back -> back.setCatalog(catalog));
                });
        readers.put(
                SessionAttribute.SCHEMA,
                c -> {
                    SessionChange change = database.sessions().schemaReset(c);
                    return isNone(c.getSchema())
                            ? back -> isNone(back.getSchema())
                            : WayBack.by(change);
                });
        readers.put(
                SessionAttribute.CLIENT_INFO,
                c -> {
                    ClientInfo atFirst = ClientInfo.of(c);
                    return atFirst::restore;
                });
        readers.put(
                SessionAttribute.TYPE_MAP,
                c -> {
                    Map<String, Class<?>> map = c.getTypeMap();
                    Map<String, Class<?>> copy = map == null ? Map.of() : Map.copyOf(map);
                    // a new one each time, because applications may change the driver's map
                    return WayBack.by(back -> back.setTypeMap(new HashMap<>(copy)));
                });
        readers.put(
                SessionAttribute.QUERY_TIMEOUT,
                c -> WayBack.by(database.sessions().queryTimeoutReset(c)));
        readers.put(SessionAttribute.DRIVER, c -> WayBack.by(database.sessions().driverReset(c)));
        return readers;
    }

    /**
     * Returns the change that restores an attribute's current value.
     *
     * @throws SQLException when the driver does not tell
     */
    static SessionChange wayBackNow(
            Connection connection, Database database, SessionAttribute attribute)
            throws SQLException {
        Reader reader = readers(database).get(attribute);
        if (reader == null) {
            throw new SQLException("JDBC does not show the " + attribute);
        }
        return change(attribute, reader.read(connection));
    }

    /** Reads the state of a fresh connection that is in auto-commit mode. */
    static InitialState of(Connection fresh, Database database, boolean autoCommit) {
        Map<SessionAttribute, WayBack> wayBack = new EnumMap<>(SessionAttribute.class);
        readers(database)
                .forEach(
                        (attribute, reader) -> {
                            try {
                                wayBack.put(attribute, reader.read(fresh));
                            } catch (SQLException | RuntimeException | AbstractMethodError e) {
                                // a driver that cannot tell an attribute can seldom set it; if it
                                // can, see
                                // reset()
                                Log.debug("the driver does not tell its " + attribute, e);
                            }
                        });
        wayBack.put(
                SessionAttribute.AUTO_COMMIT, WayBack.by(back -> back.setAutoCommit(autoCommit)));
        return new InitialState(wayBack);
    }

    /** Having no catalog is a state like any other, but no driver can return to it. */
    private static boolean isNone(String name) {
        return name == null || name.isEmpty();
    }

    /** The attributes that can be restored. */
    Set<SessionAttribute> attributes() {
        return wayBack.keySet();
    }

    /**
     * Undoes changes, in the order of the attributes; there must be no open transaction.
     *
     * @return false when there is no way back and the connection must be closed
     * @throws SQLException when the driver refuses
     */
    boolean reset(Connection connection, Set<SessionAttribute> changed) throws SQLException {
        boolean session = !changed.equals(EnumSet.of(SessionAttribute.AUTO_COMMIT));
        if (session && !connection.getAutoCommit()) {
            // otherwise the change would be part of a transaction and undone with it
            connection.setAutoCommit(true);
            changed.add(SessionAttribute.AUTO_COMMIT);
        }
        for (SessionAttribute attribute : changed) {
            WayBack back = wayBack.get(attribute);
            if (back == null || !goes(back, connection)) {
                Log.debug("there is no way back to the initial " + attribute);
                return false;
            }
        }
        return true;
    }

    private static boolean goes(WayBack back, Connection connection) throws SQLException {
        try {
            return back.go(connection);
        } catch (SQLFeatureNotSupportedException e) {
            return true; // what cannot be set was not changed either
        }
    }

    /** The way back to an attribute's initial value; null when the driver did not tell it. */
    @Nullable SessionChange wayBack(SessionAttribute attribute) {
        WayBack back = wayBack.get(attribute);
        return back == null ? null : change(attribute, back);
    }

    private static SessionChange change(SessionAttribute attribute, WayBack back) {
        return connection -> {
            if (!goes(back, connection)) {
                throw new SQLException("the driver cannot restore the " + attribute, "25000");
            }
        };
    }

    /** Restores one attribute, if the driver told its initial value. */
    void restore(Connection connection, SessionAttribute attribute) throws SQLException {
        WayBack back = wayBack.get(attribute);
        if (back != null) {
            goes(back, connection);
        }
    }
}
