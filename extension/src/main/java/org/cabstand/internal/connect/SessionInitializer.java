package org.cabstand.internal.connect;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Sets up new sessions as configured. The first one shows what all of them have in common.
 *
 * <p>Thread safety: safe for concurrent use. The first thread with a connection writes the profile; another one at the
 * same time writes an equal profile.
 */
final class SessionInitializer {

    private final PoolSettings settings;
    private final Database database;
    private final ReadLimits readLimits;
    private final ConnectErrors errors;

    /** Null until a session has been set up. */
    private volatile @Nullable SessionProfile profile;

    /** With {@code reset=full} only. Known before the first session is completely set up. */
    private volatile @Nullable SessionReset fullReset;

    /** The database's product and version; null until a session has been set up, and if the driver does not tell. */
    private volatile @Nullable String product;

    SessionInitializer(
            PoolSettings settings, Database database, ReadLimits readLimits, ConnectErrors errors) {
        this.settings = settings;
        this.database = database;
        this.readLimits = readLimits;
        this.errors = errors;
    }

    /** Whether no session has been set up yet. */
    boolean isFirst() {
        return profile == null;
    }

    /** Sets up a session; the limit for reads during login applies until it is done. */
    Session setUp(DriverConnection opened, CredentialsDigest login) throws SQLException {
        Connection connection = opened.connection();
        boolean isLost = begin(connection);
        if (settings.session().initialSql() != null) {
            database.sessions().tellDatabase(connection);
        }
        SessionProfile known = profile;
        if (known == null) {
            String query = settings.validation().query();
            if (query != null) {
                tryValidationQuery(connection, query);
            }
            readLimits.endLogin(connection); // or it would be part of the initial state
            known =
                    SessionProfile.of(
                            connection, database, fullReset, settings.session().autoCommit());
            product = productOf(connection);
            profile = known;
            connection.setAutoCommit(settings.session().autoCommit());
        } else {
            connection.setAutoCommit(settings.session().autoCommit());
            readLimits.endLogin(connection);
        }
        return new Session(settings, database, readLimits, known, opened, login, isLost);
    }

    /** The database's product and version; null while they are unknown. */
    @Nullable String product() {
        return product;
    }

    private @Nullable String productOf(Connection connection) {
        try {
            DatabaseMetaData data = connection.getMetaData();
            return Message.oneLine(
                    data.getDatabaseProductName() + " " + data.getDatabaseProductVersion());
        } catch (Throwable e) { // of any kind, because a name is not worth a session
            Log.debug("pool '" + settings.name() + "': the database has no name", e);
            return null;
        }
    }

    /**
     * With {@code reset=full}, uses the first session to learn what a reset takes away.
     *
     * @return whether that has changed the session for good
     */
    private boolean begin(Connection connection) throws SQLException {
        if (settings.session().reset() != Reset.FULL || fullReset != null) {
            configure(connection);
            return false;
        }
        SessionReset learned =
                SessionReset.learn(connection, database, this::clear, this::configure);
        boolean isLost = !learned.lost().isEmpty();
        if (isLost) {
            Log.log(
                    Level.WARNING,
                    Message.NO_WAY_BACK.format(
                            settings.name(),
                            String.join(", ", learned.lost()),
                            settings.keyOf(Key.RESET)));
        }
        fullReset = learned;
        return isLost;
    }

    /** Applies what is configured for every session, in auto-commit mode. */
    private void configure(Connection connection) throws SQLException {
        if (settings.session().readOnly()) {
            connection.setReadOnly(true);
        }
        if (settings.session().isolation() != null) {
            connection.setTransactionIsolation(settings.session().isolation().level());
        }
        if (settings.session().initialSql() != null) {
            try {
                execute(connection, settings.session().initialSql());
            } catch (SQLException e) {
                throw errors.keyed(e, Message.INITIAL_SQL_FAILED, Key.INITIAL_SQL);
            }
        }
    }

    private void clear(Connection connection) throws SQLException {
        if (settings.session().readOnly()) {
            connection.setReadOnly(false); // otherwise some drivers see no change later
        }
        // refused at deployment where the database has none
        Objects.requireNonNull(database.sessions().fullReset()).reset(connection);
    }

    /** Runs the validation query once: a wrong one would make every connection invalid, and nobody would know why. */
    private void tryValidationQuery(Connection connection, String query) throws SQLException {
        try {
            execute(connection, query);
        } catch (SQLException e) {
            throw errors.keyed(e, Message.VALIDATION_QUERY_FAILED, Key.VALIDATION_QUERY);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
