package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.Exchange;
import org.cabstand.internal.database.SqlTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The properties that all sessions of a user share, learned from the first one.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class SessionProfile {

    private final InitialState baseline;
    private final SqlTransaction transaction;
    private final Exchange exchange;
    private final @Nullable SessionReset fullReset;

    /** Set to false if it proves wrong. */
    private volatile boolean marksRequests;

    private SessionProfile(
            InitialState baseline,
            SqlTransaction transaction,
            Exchange exchange,
            @Nullable SessionReset fullReset,
            boolean marksRequests) {
        this.baseline = baseline;
        this.transaction = transaction;
        this.exchange = exchange;
        this.fullReset = fullReset;
        this.marksRequests = marksRequests;
    }

    /**
     * Reads the profile.
     *
     * @param first a session that is set up and in auto-commit mode
     * @param fullReset null except with {@code reset=full}
     * @param autoCommit the mode that sessions are set to next
     */
    static SessionProfile of(
            Connection first,
            Database database,
            @Nullable SessionReset fullReset,
            boolean autoCommit) {
        return new SessionProfile(
                InitialState.of(first, database, autoCommit),
                database.sessions().sqlTransaction(first),
                database.sessions().exchange(first),
                fullReset,
                marksRequests(first));
    }

    /** Whether the driver does anything when a request begins and ends, which few do. */
    private static boolean marksRequests(Connection connection) {
        try {
            return connection.getClass().getMethod("beginRequest").getDeclaringClass()
                    != Connection.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    InitialState baseline() {
        return baseline;
    }

    SqlTransaction transaction() {
        return transaction;
    }

    Exchange exchange() {
        return exchange;
    }

    @Nullable SessionReset fullReset() {
        return fullReset;
    }

    /** Whether JDBC's {@code beginRequest} and {@code endRequest} are worth a call. */
    boolean marksRequests() {
        return marksRequests;
    }

    void beginRequest(Connection connection) throws SQLException {
        try {
            connection.beginRequest();
        } catch (AbstractMethodError e) {
            marksRequests = false; // a driver behind a proxy that lacks the method
        }
    }

    void endRequest(Connection connection) throws SQLException {
        try {
            connection.endRequest();
        } catch (AbstractMethodError e) {
            marksRequests = false;
        }
    }
}
