package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the connection itself if it is a part of a session, and otherwise its driver.
 *
 * <p>Thread safety: as {@link SqlTransaction}.
 *
 * @param ofDriver tells about whole sessions
 */
record PartialTransaction(SqlTransaction ofDriver) implements SqlTransaction {

    /** How a part of a session stands; null for a whole one. */
    static @Nullable State ofPart(Connection connection) {
        return connection instanceof PartOfSession part ? part.transaction() : null;
    }

    /** The connection that tells about a whole session. */
    static Connection driver(Connection connection) {
        return connection instanceof PartOfSession part ? part.driver() : connection;
    }

    @Override
    public State suspected(Connection connection) throws SQLException {
        // the state of a part counts in manual mode only: SQL does not begin its transactions
        return ofPart(connection) == null ? ofDriver.suspected(driver(connection)) : State.NONE;
    }

    @Override
    public State state(Connection connection) throws SQLException {
        return ofPart(connection) == null ? ofDriver.state(driver(connection)) : State.NONE;
    }

    @Override
    public State manual(Connection connection) throws SQLException {
        State own = ofPart(connection);
        return own == null ? ofDriver.manual(driver(connection)) : own;
    }

    @Override
    public State askedManual(Connection connection) throws SQLException {
        State own = ofPart(connection);
        return own == null ? ofDriver.askedManual(driver(connection)) : own;
    }

    @Override
    public boolean tellsFailure() {
        return ofDriver.tellsFailure();
    }

    @Override
    public boolean isMisled(Connection connection, boolean autoCommit) throws SQLException {
        return ofPart(connection) == null && ofDriver.isMisled(driver(connection), autoCommit);
    }

    @Override
    public boolean isTold() {
        return ofDriver.isTold();
    }
}
