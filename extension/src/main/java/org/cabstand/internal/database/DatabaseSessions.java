package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
        String path;
        try (Statement statement = fresh.createStatement();
                ResultSet results = statement.executeQuery("SHOW search_path")) {
            results.next();
            path = results.getString(1);
        }
        return back -> {
            try (PreparedStatement statement =
                    back.prepareStatement("SELECT set_config('search_path', ?, false)")) {
                statement.setString(1, path);
                statement.execute();
            }
        };
    }
}
