package org.cabstand.internal.connect;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.cabstand.Credentials;
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

    /** Null until a session has been set up; learned again for another user. */
    private volatile @Nullable Learned learned;

    /** The database's product and version; null until a session has been set up, and if the driver does not tell. */
    private volatile @Nullable String product;

    /**
     * What all sessions of a user have in common. Another user may begin with another schema, role or variables.
     *
     * @param user null for none
     */
    private record Learned(@Nullable String user, SessionProfile profile) {}

    SessionInitializer(
            PoolSettings settings, Database database, ReadLimits readLimits, ConnectErrors errors) {
        this.settings = settings;
        this.database = database;
        this.readLimits = readLimits;
        this.errors = errors;
    }

    /** Whether no session has been set up yet. */
    boolean isFirst() {
        return learned == null;
    }

    /** Sets up a session; the limit for reads during login applies until it is done. */
    Session setUp(DriverConnection opened, Credentials user, CredentialsDigest login)
            throws SQLException {
        Connection connection = opened.connection();
        Learned known = learned;
        if (known == null || !Objects.equals(known.user(), user.username())) {
            return learnFrom(opened, user, login);
        }
        configure(connection);
        tellDatabase(connection);
        connection.setAutoCommit(settings.session().autoCommit());
        readLimits.endLogin(connection);
        return session(known, opened, login, false);
    }

    private Session learnFrom(DriverConnection opened, Credentials user, CredentialsDigest login)
            throws SQLException {
        Connection connection = opened.connection();
        SessionReset fullReset = null;
        if (settings.session().reset() == Reset.FULL) {
            fullReset = learnReset(connection);
        } else {
            configure(connection);
        }
        tellDatabase(connection);
        String query = settings.validation().query();
        if (query != null && isFirst()) {
            tryValidationQuery(connection, query);
        }
        readLimits.endLogin(connection); // or it would be part of the initial state
        SessionProfile profile =
                SessionProfile.of(connection, database, fullReset, settings.session().autoCommit());
        product = productOf(connection);
        Learned known = new Learned(user.username(), profile);
        learned = known;
        connection.setAutoCommit(settings.session().autoCommit());
        return session(known, opened, login, fullReset != null && !fullReset.lost().isEmpty());
    }

    private Session session(
            Learned known, DriverConnection opened, CredentialsDigest login, boolean isLost) {
        return new Session(settings, database, readLimits, known.profile(), opened, login, isLost);
    }

    private void tellDatabase(Connection connection) throws SQLException {
        if (settings.session().initialSql() != null) {
            database.sessions().tellDatabase(connection);
        }
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

    /** Uses the first session to learn what a reset takes away; what is lost then is lost for this session, too. */
    private SessionReset learnReset(Connection connection) throws SQLException {
        SessionReset reset = SessionReset.learn(connection, database, this::clear, this::configure);
        if (!reset.lost().isEmpty()) {
            Log.log(
                    Level.WARNING,
                    Message.NO_WAY_BACK.format(
                            settings.name(),
                            String.join(", ", reset.lost()),
                            settings.keyOf(Key.RESET)));
        }
        return reset;
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
