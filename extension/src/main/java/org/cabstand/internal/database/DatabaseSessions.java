package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Objects;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a database's sessions, and ways back to their initial state.
 *
 * <p>Thread safety: immutable.
 */
public final class DatabaseSessions {

    private final DatabaseTraits traits;

    DatabaseSessions(DatabaseTraits traits) {
        this.traits = traits;
    }

    /**
     * Returns the reader of a session's transaction state, if the driver tells it.
     *
     * @param connection any connection of the driver
     * @return a reader for connections of that driver
     */
    public SqlTransaction sqlTransaction(Connection connection) {
        return traits.sqlTransaction == null
                ? SqlTransaction.UNKNOWN
                : SqlTransaction.of(traits.sqlTransaction, connection);
    }

    /**
     * Returns the reader that says whether a session is in the middle of an exchange, if the driver
     * tells it.
     *
     * @param connection any connection of the driver
     * @return a reader for connections of that driver
     */
    public Exchange exchange(Connection connection) {
        return traits.exchange == null
                ? Exchange.UNKNOWN
                : Exchange.of(traits.exchange, connection);
    }

    /**
     * Whether a rollback undoes a change that was made in the transaction.
     *
     * @param attribute the attribute that was changed through JDBC
     * @return true also if this is unknown
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return traits.undoneByRollback.contains(attribute);
    }

    /**
     * Returns the reset that clears all of a session's state, outside a transaction.
     *
     * @return null where no way is known
     */
    public @Nullable FullReset fullReset() {
        return traits.fullReset;
    }

    /**
     * The settings that a full reset may lose.
     *
     * @return null if there is no full reset
     */
    public @Nullable SessionVariables sessionVariables() {
        return traits.sessionVariables;
    }

    /**
     * Reads the settings of the driver's own connection type.
     *
     * @param fresh a session that was just opened
     * @return the way back
     * @throws SQLException if it is another driver
     */
    public SessionChange driverReset(Connection fresh) throws SQLException {
        return traits.driverSettings == null
                ? connection -> {}
                : traits.driverSettings.read(fresh)::restore;
    }

    /**
     * Whether the driver may use another server for a read-only connection.
     *
     * @param url the JDBC URL
     * @return true also where that is not known
     */
    public boolean maySwitchServers(String url) {
        return traits.switchesServers.test(url);
    }

    /**
     * Whether closing a session rolls back its work.
     *
     * @return false where that is not sure
     */
    public boolean rollBackAtClose() {
        return traits.rollsBackAtClose;
    }

    /**
     * Reads the query timeout of new statements, if the driver has one for all of a session's
     * statements.
     *
     * @param fresh a session that was just opened
     * @return the way back
     * @throws SQLException if each statement has its own
     */
    public SessionChange queryTimeoutReset(Connection fresh) throws SQLException {
        if (!traits.queryTimeoutOfSession) {
            throw new SQLFeatureNotSupportedException("each statement has its own query timeout");
        }
        int seconds;
        try (Statement statement = fresh.createStatement()) {
            seconds = statement.getQueryTimeout();
        }
        return back -> {
            try (Statement statement = back.createStatement()) {
                statement.setQueryTimeout(seconds);
            }
        };
    }

    /**
     * Reads the schema that a session starts with.
     *
     * <p>PostgreSQL has a path of schemas; JDBC shows only the first one.
     *
     * @param fresh a session that was just opened
     * @return the way back
     * @throws SQLException if the driver cannot tell
     */
    public SessionChange schemaReset(Connection fresh) throws SQLException {
        if (!traits.schemaPath) {
            String schema = fresh.getSchema();
            return back -> back.setSchema(schema);
        }
        String change = SearchPath.set(one(fresh, "SHOW search_path"));
        return back -> execute(back, change);
    }

    /**
     * Reads whether a session starts as a read-only one.
     *
     * <p>The driver shows what was set through it, but not what SQL or the URL has set.
     *
     * @param fresh a session that was just opened
     * @return the way back
     * @throws SQLException if neither driver nor database can tell
     */
    public SessionChange readOnlyReset(Connection fresh) throws SQLException {
        boolean readOnly = fresh.isReadOnly();
        String sql = traits.readOnlySql;
        if (readOnly || sql == null || !isReadOnlyBySql(fresh)) {
            return back -> back.setReadOnly(readOnly);
        }
        return back -> {
            back.setReadOnly(false);
            execute(back, sql);
        };
    }

    private boolean isReadOnlyBySql(Connection fresh) throws SQLException {
        try {
            return "on".equalsIgnoreCase(one(fresh, Objects.requireNonNull(traits.readOnlyQuery)));
        } catch (SQLException e) {
            Log.debug("the database does not tell whether its session is read-only", e);
            return false;
        }
    }

    /**
     * Tells the driver which database configured SQL has chosen. Otherwise the driver would later
     * lead back to another one.
     *
     * @param fresh a session that was just set up, in auto-commit mode
     * @throws SQLException if the database refuses
     */
    public void tellDatabase(Connection fresh) throws SQLException {
        if (!traits.untoldDatabase) {
            return;
        }
        String actual = one(fresh, "SELECT DATABASE()");
        if (actual == null
                || actual.equals(fresh.getCatalog())
                || actual.equals(fresh.getSchema())) {
            return;
        }
        boolean isSchema = fresh.getSchema() != null; // a database is one of the two, by the URL
        if (isSchema) {
            fresh.setSchema(actual);
        } else {
            fresh.setCatalog(actual);
        }
    }

    private static @Nullable String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            int last = results.getMetaData().getColumnCount();
            return results.next() ? results.getString(last) : null;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
