package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * The state that every session of a pool begins with, and how to come back to it.
 *
 * <p>Read once, from the pool's first connection after it was set up: all sessions of a pool are set up
 * alike.
 *
 * <p>Thread safety: immutable.
 */
final class InitialState {

    /** Comes back to what was read; false when the driver does not. */
    private interface WayBack {
        boolean go(Connection connection) throws SQLException;

        /** One that the driver either goes or refuses. */
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
                SessionAttribute.READ_ONLY,
                c -> {
                    boolean readOnly = c.isReadOnly();
                    return WayBack.by(back -> back.setReadOnly(readOnly));
                });
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
                    return WayBack.by(back -> back.setTypeMap(copy));
                });
        readers.put(SessionAttribute.DRIVER, c -> WayBack.by(database.sessions().driverReset(c)));
        return readers;
    }

    /**
     * How to come back to what an attribute is now.
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
                                // a driver that cannot tell it can seldom set it; where it can, see
                                // reset()
                                Log.debug("the driver does not tell its " + attribute, e);
                            }
                        });
        wayBack.put(
                SessionAttribute.AUTO_COMMIT, WayBack.by(back -> back.setAutoCommit(autoCommit)));
        return new InitialState(wayBack);
    }

    /** No catalog is a state like any other, but no driver can be told to come back to it. */
    private static boolean isNone(String name) {
        return name == null || name.isEmpty();
    }

    /** What can be undone. */
    Set<SessionAttribute> attributes() {
        return wayBack.keySet();
    }

    /**
     * Undoes changes, in the order of the attributes; there must be no open transaction.
     *
     * @return false when there is no way back: the connection is of no more use then
     * @throws SQLException when the driver refuses
     */
    boolean reset(Connection connection, Set<SessionAttribute> changed) throws SQLException {
        boolean session = !changed.equals(EnumSet.of(SessionAttribute.AUTO_COMMIT));
        if (session && !connection.getAutoCommit()) {
            // else a change of the session would be part of a transaction, and undone with it
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

    /** How to come back to what an attribute was at the beginning; null when the driver did not tell. */
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

    /** Sets one attribute as at the beginning, if the driver told it then. */
    void restore(Connection connection, SessionAttribute attribute) throws SQLException {
        WayBack back = wayBack.get(attribute);
        if (back != null) {
            back.go(connection);
        }
    }
}
