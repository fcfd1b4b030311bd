package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * What can be asked of a database's sessions, and how they come back to their first state.
 *
 * <p>Thread safety: immutable.
 */
public final class DatabaseSessions {

    private final Traits traits;

    DatabaseSessions(Traits traits) {
        this.traits = traits;
    }

    /**
     * Tells how the transaction of a session stands, where the driver can tell.
     *
     * @param connection one of the driver whose connections are asked about
     * @return for connections of that driver
     */
    public SqlTransaction sqlTransaction(Connection connection) {
        return traits.sqlTransaction == null
                ? SqlTransaction.UNKNOWN
                : SqlTransaction.of(traits.sqlTransaction, connection);
    }

    /**
     * Tells whether a session is in the middle of an exchange, where the driver can tell.
     *
     * @param connection one of the driver whose connections are asked about
     * @return for connections of that driver
     */
    public Exchange exchange(Connection connection) {
        return traits.exchange == null
                ? Exchange.UNKNOWN
                : Exchange.of(traits.exchange, connection);
    }

    /**
     * Whether a change is undone with the transaction that it was made in.
     *
     * @param attribute what was changed through JDBC
     * @return true also where that is not known
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return traits.undoneByRollback.contains(attribute);
    }

    /**
     * Clears all of a session's state, outside of a transaction.
     *
     * @return null where no way is known
     */
    public FullReset fullReset() {
        return traits.fullReset;
    }

    /**
     * What a full reset may lose.
     *
     * @return null where there is no full reset
     */
    public SessionVariables sessionVariables() {
        return traits.sessionVariables;
    }

    /**
     * Reads what the driver's own type of a connection lets an application set.
     *
     * @param fresh a session at its beginning
     * @return the way back
     * @throws SQLException when it is another driver
     */
    public SessionChange driverReset(Connection fresh) throws SQLException {
        return traits.driverSettings == null
                ? connection -> {}
                : traits.driverSettings.read(fresh)::restore;
    }

    /**
     * Reads which schema a session begins with.
     *
     * <p>PostgreSQL has a path of schemas, of which JDBC shows the first one only.
     *
     * @param fresh a session at its beginning
     * @return the way back
     * @throws SQLException when the driver cannot tell
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
