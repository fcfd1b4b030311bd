package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.cabstand.internal.Log;

/**
 * Tells how a session's transaction stands in the database; without a round trip, nearly always.
 *
 * <p>A driver in auto-commit mode does not count a {@code BEGIN} that the application wrote as a
 * transaction: neither it nor the pool would end it. And PostgreSQL answers the commit of a transaction
 * that has failed by rolling it back, which its driver takes for success.
 *
 * <p>Thread safety: safe for concurrent use, each time with another connection.
 */
public interface SqlTransaction {

    /** How a transaction stands. */
    enum State {
        /** There is none, or it cannot be told. */
        NONE,
        OPEN,
        /** The driver does not tell. */
        UNKNOWN,
        /** A statement failed, and nothing but a roll-back is possible any more. */
        FAILED
    }

    /** Where nothing is known. */
    SqlTransaction UNKNOWN = connection -> State.NONE;

    /**
     * How the transaction stands of a session that is not in auto-commit mode; never a round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#UNKNOWN} where the driver cannot tell
     * @throws SQLException when the driver refuses to tell
     */
    default State manual(Connection connection) throws SQLException {
        return State.UNKNOWN;
    }

    /**
     * As {@link #manual}; may take a round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#UNKNOWN} where there is nobody to ask
     * @throws SQLException when the database does not answer
     */
    default State askedManual(Connection connection) throws SQLException {
        return manual(connection);
    }

    /**
     * Whether {@link State#FAILED} is told: else a transaction that the database has given up looks like a
     * new one.
     *
     * @return true where no error needs to be remembered
     */
    default boolean tellsFailure() {
        return false;
    }

    /**
     * How the transaction may stand that this session is in; never a round trip.
     *
     * @param connection the driver's connection
     * @return {@link State#NONE} also where it cannot be told
     * @throws SQLException when the driver refuses to tell
     */
    State suspected(Connection connection) throws SQLException;

    /**
     * How it stands; may take a round trip.
     *
     * @param connection one of which a transaction is suspected
     * @return {@link State#NONE} when the suspicion was wrong
     * @throws SQLException when the database does not answer
     */
    default State state(Connection connection) throws SQLException {
        return suspected(connection);
    }

    /** Whether the driver knows, so that to ask costs nothing. */
    default boolean isTold() {
        return false;
    }

    /** How a database tells; what it is bound to may keep the driver's classes. */
    interface Source {
        SqlTransaction of(Connection connection) throws SQLException;
    }

    /** The driver knows, as the database tells it in every answer. */
    static Source told(Function<Object, State> state, String type, String... methods) {
        return told(null, state, state, type, methods);
    }

    /**
     * The driver knows, but not after every answer: errors and some others tell nothing.
     *
     * @param question SQL whose answer tells; null when all do
     * @param manual for sessions that are not in auto-commit mode
     */
    static Source told(
            String question,
            Function<Object, State> state,
            Function<Object, State> manual,
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

    /** Bound to a driver; one that lacks what is asked for tells nothing. */
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
