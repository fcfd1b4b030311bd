package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to read the settings of a session, and how to set them again.
 *
 * <p>A full reset gives a session the server's defaults. The settings that driver, URL and
 * configuration had made are found by comparison, whatever they were, and set again.
 *
 * <p>Thread safety: immutable.
 */
public interface SessionVariables {

    /**
     * Reads the session's settings. Some of them may not be settable per session.
     *
     * @param connection the driver's connection
     * @return values by name, in the order in which they must be set; a value may be null
     * @throws SQLException if the database does not tell
     */
    Map<String, String> read(Connection connection) throws SQLException;

    /**
     * Returns the settings that change all the time and say nothing about how a session is set up.
     *
     * @return names
     */
    Set<String> volatileNames();

    /**
     * Returns the ways to write a value.
     *
     * @param name the setting's name
     * @param value the value that was read
     * @return assignments, the most likely one first; the database refuses wrong ones
     */
    List<String> assignments(String name, String value);

    /**
     * Returns the SQL for assignments.
     *
     * @param assignments one for each setting
     * @return one statement
     */
    String statement(List<String> assignments);

    /**
     * Whether the database refused an assignment because the setting belongs to the server.
     *
     * @param error the driver's exception
     * @return true if all sessions have the same value anyway
     */
    boolean isOfServer(SQLException error);

    /**
     * Returns the SQL for settings that a full reset of this database does not restore.
     *
     * @param settings the initial settings
     * @return statements to run after each reset
     */
    List<String> wayBack(Map<String, String> settings);

    /**
     * Whether a session has a state that no SQL can restore. Only called after {@link #wayBack}.
     *
     * @param connection the driver's connection
     * @param settings the initial settings
     * @return true if it must be replaced
     * @throws SQLException if the database does not tell
     */
    boolean isAstray(Connection connection, Map<String, String> settings) throws SQLException;
}
