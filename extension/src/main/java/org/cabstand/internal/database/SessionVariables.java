package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a database shows the settings of a session, and how it takes them.
 *
 * <p>A full reset gives a session the server's defaults. What driver, URL and configuration had set at the
 * beginning is found by comparing, whatever it was, and set again.
 *
 * <p>Thread safety: immutable.
 */
public interface SessionVariables {

    /**
     * The session's settings; what no session can set may be among them.
     *
     * @param connection the driver's connection
     * @return values by name, in the order in which they are to be set; a value may be null
     * @throws SQLException when the database does not tell
     */
    Map<String, String> read(Connection connection) throws SQLException;

    /**
     * Those that differ at each look, and say nothing of how a session is set up.
     *
     * @return names
     */
    Set<String> volatileNames();

    /**
     * How a value may be written.
     *
     * @param name of a setting that was read
     * @param value what was read
     * @return assignments, the likely one first; the database refuses those that are wrong
     */
    List<String> assignments(String name, String value);

    /**
     * The SQL that makes assignments.
     *
     * @param assignments one for each setting
     * @return one statement
     */
    String statement(List<String> assignments);

    /**
     * Whether the database refused an assignment because the setting is not a session's.
     *
     * @param error what the driver threw
     * @return true when all sessions have the same value anyway
     */
    boolean isOfServer(SQLException error);

    /**
     * What a full reset of this database does not change, and SQL must bring back.
     *
     * @param settings what was read at the beginning
     * @return statements to be run after each reset
     */
    List<String> wayBack(Map<String, String> settings);

    /**
     * Whether a session has gone where no SQL leads back from; only asked after {@link #wayBack}.
     *
     * @param connection the driver's connection
     * @param settings what was read at the beginning
     * @return true when it must be replaced
     * @throws SQLException when the database does not tell
     */
    boolean isAstray(Connection connection, Map<String, String> settings) throws SQLException;
}
