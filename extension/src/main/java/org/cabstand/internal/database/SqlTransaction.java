package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cabstand.internal.Log;
import org.jspecify.annotations.Nullable;

/**
 * Tells the state of a session's transaction in the database, mostly without a round trip.
 *
 * <p>In auto-commit mode a driver does not notice a {@code BEGIN} that the application wrote, so
 * neither the driver nor the pool would end that transaction. And PostgreSQL rolls a failed
 * transaction back when told to commit it, which its driver takes for success.
 *
 * <p>Thread safety: safe for concurrent use, each time with another connection.
 */
public interface SqlTransaction {

    /** The state of a transaction. */
    enum State {
        /** There is none, or nobody can tell. */
        NONE,
        OPEN,
        /** The driver does not tell. */
        UNKNOWN,
        /** A statement failed, and only a rollback is possible. */
        FAILED
    }

    /** For drivers that do not tell. */
    SqlTransaction UNKNOWN = connection -> State.NONE;

    /**
     * Returns the state of the transaction of a session that is not in auto-commit mode. Takes no
     * round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#UNKNOWN} if the driver cannot tell
     * @throws SQLException if the driver refuses to tell
     */
    default State manual(Connection connection) throws SQLException {
        return State.UNKNOWN;
    }

    /**
     * Does the same as {@link #manual}, but may take a round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#UNKNOWN} if nobody can be asked
     * @throws SQLException if the database does not answer
     */
    default State askedManual(Connection connection) throws SQLException {
        return manual(connection);
    }

    /**
     * Whether {@link State#FAILED} is reported. Otherwise a transaction that the database has given
     * up looks like a new one.
     *
     * @return true if errors need not be remembered
     */
    default boolean tellsFailure() {
        return false;
    }

    /**
     * Returns the probable state of the session's transaction. Takes no round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#NONE} also if nobody can tell
     * @throws SQLException if the driver refuses to tell
     */
    State suspected(Connection connection) throws SQLException;

    /**
     * Returns the state of the session's transaction. May take a round trip.
     *
     * @param connection a connection that is suspected to be in a transaction
     * @return {@link State#NONE} if the suspicion was wrong
     * @throws SQLException if the database does not answer
     */
    default State state(Connection connection) throws SQLException {
        return suspected(connection);
    }

    /** Whether the driver knows, so that asking costs nothing. */
    default boolean isTold() {
        return false;
    }

    /**
     * Whether SQL has switched auto-commit and the driver does not know it. Only called after an
     * answer that tells.
     *
     * @param connection the driver's connection
     * @param autoCommit what the driver believes
     * @return false also if nobody can tell
     * @throws SQLException if the driver refuses to tell
     */
    default boolean isMisled(Connection connection, boolean autoCommit) throws SQLException {
        return false;
    }

    /** How a database tells. What it is bound to may keep the driver's classes. */
    interface Source {
        SqlTransaction of(Connection connection) throws SQLException;
    }

    /** The driver knows, because the database tells it in every answer. */
    static Source told(Function<Object, State> state, String type, String... methods) {
        return told(null, state, state, null, type, methods);
    }

    /**
     * The driver knows, but not after every answer: errors and some others tell nothing.
     *
     * @param question SQL whose answer tells; null if every answer does
     * @param manual reads the state of sessions that are not in auto-commit mode
     * @param autoCommit reads the session's auto-commit mode; null if the driver needs no help
     */
    static Source told(
            @Nullable String question,
            Function<Object, State> state,
            Function<Object, State> manual,
            @Nullable Predicate<Object> autoCommit,
            String type,
            String... methods) {
        DriverCall call = new DriverCall(type, methods);
        return new Source() {
            @Override
            public SqlTransaction of(Connection connection) throws SQLException {
                DriverCall.Bound bound = call.bind(connection);
                return new SqlTransaction() {
                    @Override
                    public State suspected(Connection c) throws SQLException {
                        return state.apply(bound.on(c));
                    }

                    @Override
                    public State state(Connection c) throws SQLException {
                        ask(c);
                        return suspected(c);
                    }

                    @Override
                    public State manual(Connection c) throws SQLException {
                        return manual.apply(bound.on(c));
                    }

                    @Override
                    public State askedManual(Connection c) throws SQLException {
                        ask(c);
                        State told = manual(c);
                        return told == State.UNKNOWN ? State.NONE : told;
                    }

                    @Override
                    public boolean tellsFailure() {
                        return question == null;
                    }

                    private void ask(Connection c) throws SQLException {
                        if (question != null) {
                            try (Statement statement = c.createStatement()) {
                                statement.execute(question);
                            }
                        }
                    }

                    @Override
                    public boolean isTold() {
                        return true;
                    }

                    @Override
                    public boolean isMisled(Connection c, boolean believed) throws SQLException {
                        return autoCommit != null && autoCommit.test(bound.on(c)) != believed;
                    }
                };
            }

            @Override
            public String toString() {
                return call.toString();
            }
        };
    }

    /** The database is part of this process, and refuses a second transaction with this error. */
    static Source tried(int refused) {
        return new Source() {
            @Override
            public SqlTransaction of(Connection connection) {
                return c -> {
                    try (Statement statement = c.createStatement()) {
                        statement.execute("BEGIN");
                        statement.execute("ROLLBACK");
                        return State.NONE;
                    } catch (SQLException e) {
                        if (e.getErrorCode() == refused) {
                            return State.OPEN;
                        }
                        throw e;
                    }
                };
            }

            @Override
            public String toString() {
                return "BEGIN";
            }
        };
    }

    /** Binds to a driver. A driver that lacks the methods tells nothing. */
    static SqlTransaction of(Source source, Connection connection) {
        SqlTransaction ofDriver = UNKNOWN;
        try {
            ofDriver = source.of(connection);
        } catch (SQLException e) {
            Log.debug("the driver does not tell its transactions", e);
        }
        return connection instanceof PartOfSession ? new PartialTransaction(ofDriver) : ofDriver;
    }
}
