package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;

/**
 * State that was set past our handle, on the driver's own connection: the next borrower does not get
 * it.
 */
class DriversOwnStateTest extends WayBackFixture {

    @ParameterizedTest
    @CsvSource({
        "H2, true", "H2, false",
        "POSTGRESQL, true", "POSTGRESQL, false",
        "MARIADB, true", "MARIADB, false",
        "MYSQL, true", "MYSQL, false",
        "SQLITE, true", "SQLITE, false"
    })
    void whatIsSetOnTheDriversConnection(TestDatabase database, String autoCommit)
            throws Exception {
        start(database.pool("auto-commit", autoCommit));
        try (Connection connection = app.dataSource().getConnection()) {
            if (database.hasSchemas()) {
                Sql.run(connection, "create schema if not exists other");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
        String[] before = new String[1];
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    before[0] = state(database, app.connection());
                    session[0] = app.connection().unwrap(Connection.class);
                    change(database, session[0]);
                    assertThat(state(database, session[0])).isNotEqualTo(before[0]);
                });
        app.request(
                () -> {
                    assertThat(state(database, app.connection())).isEqualTo(before[0]);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        // it asked something in a transaction that it had begun
        assertThat(log.warnings()).allMatch(m -> m.startsWith("CAB0201"));
    }

    /** A setting that only the driver knows. */
    private enum DriverSetting {
        PREPARE_THRESHOLD(
                TestDatabase.POSTGRESQL,
                c -> c.unwrap(PGConnection.class).getPrepareThreshold(),
                c -> c.unwrap(PGConnection.class).setPrepareThreshold(1)),
        FETCH_SIZE(
                TestDatabase.POSTGRESQL,
                c -> c.unwrap(PGConnection.class).getDefaultFetchSize(),
                c -> c.unwrap(PGConnection.class).setDefaultFetchSize(7)),
        AUTOSAVE(
                TestDatabase.POSTGRESQL,
                c -> c.unwrap(PGConnection.class).getAutosave(),
                c -> c.unwrap(PGConnection.class).setAutosave(AutoSave.ALWAYS)),
        ADAPTIVE_FETCH(
                TestDatabase.POSTGRESQL,
                c -> c.unwrap(PGConnection.class).getAdaptiveFetch(),
                c -> c.unwrap(PGConnection.class).setAdaptiveFetch(true)),
        COMMENT(
                TestDatabase.MYSQL,
                c -> c.unwrap(JdbcConnection.class).getStatementComment(),
                c -> c.unwrap(JdbcConnection.class).setStatementComment("mine")),
        MAX_ROWS(
                TestDatabase.MYSQL,
                c -> c.unwrap(JdbcConnection.class).getSessionMaxRows(),
                c -> c.unwrap(JdbcConnection.class).setSessionMaxRows(1)),
        BUSY_TIMEOUT(
                TestDatabase.SQLITE,
                c -> c.unwrap(SQLiteConnection.class).getBusyTimeout(),
                c -> c.unwrap(SQLiteConnection.class).setBusyTimeout(1)),
        TRANSACTION_MODE(
                TestDatabase.SQLITE,
                c -> c.unwrap(SQLiteConnection.class).getCurrentTransactionMode(),
                c ->
                        c.unwrap(SQLiteConnection.class)
                                .setCurrentTransactionMode(TransactionMode.EXCLUSIVE));

        interface Getter {
            Object get(Connection connection) throws SQLException;
        }

        interface Setter {
            void set(Connection connection) throws SQLException;
        }

        private final TestDatabase database;
        private final Getter getter;
        private final Setter setter;

        DriverSetting(TestDatabase database, Getter getter, Setter setter) {
            this.database = database;
            this.getter = getter;
            this.setter = setter;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheDriversOwnMethodsSet(DriverSetting setting) throws Exception {
        start(setting.database.pool());
        Object[] before = new Object[1];
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = app.connection().unwrap(Connection.class);
                    before[0] = setting.getter.get(app.connection());
                    setting.setter.set(app.connection());
                    assertThat(setting.getter.get(app.connection())).isNotEqualTo(before[0]);
                });
        app.request(
                () -> {
                    assertThat(setting.getter.get(app.connection())).isEqualTo(before[0]);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        // it was asked something in a transaction that nobody ended
        assertThat(log.warnings()).allMatch(warning -> warning.startsWith("CAB0201"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:hsqldb:mem:way;sql.lowercase_ident=true",
        "jdbc:derby:memory:way;create=true"
    })
    void otherDriversKeepTheirSessions(String url) throws Exception {
        start(new HashMap<>(Map.of("cabstand.pool.test.url", url)));
        Connection[] session = new Connection[1];
        int[] isolation = new int[1];
        app.request(
                () -> {
                    session[0] = app.connection().unwrap(Connection.class);
                    isolation[0] = session[0].getTransactionIsolation();
                    session[0].setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                });
        app.request(
                () -> {
                    assertThat(app.connection().getTransactionIsolation()).isEqualTo(isolation[0]);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        assertThat(log.warnings()).isEmpty();
    }

    private static String state(TestDatabase database, Connection c) throws SQLException {
        return "%s %s %s %s %s %s %s %s"
                .formatted(
                        c.getAutoCommit(),
                        database.schema(c),
                        c.getTransactionIsolation(),
                        c.getHoldability(),
                        c.isReadOnly(),
                        database.canChange(SessionAttribute.NETWORK_TIMEOUT)
                                ? c.getNetworkTimeout()
                                : "",
                        clientInfo(c),
                        database.canChange(SessionAttribute.TYPE_MAP) ? c.getTypeMap() : "");
    }

    private static void change(TestDatabase database, Connection c) throws SQLException {
        c.setAutoCommit(true);
        database.useOtherSchema(c);
        c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        if (database.canChange(SessionAttribute.HOLDABILITY)) {
            c.setHoldability(
                    c.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT
                            ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                            : ResultSet.HOLD_CURSORS_OVER_COMMIT);
        }
        if (database.canChange(SessionAttribute.READ_ONLY)) {
            c.setReadOnly(true);
        }
        if (database.canChange(SessionAttribute.NETWORK_TIMEOUT)) {
            c.setNetworkTimeout(Runnable::run, 12_345);
        }
        if (database.canChange(SessionAttribute.TYPE_MAP)) {
            c.setTypeMap(Map.of("a", String.class));
        }
        if (database != TestDatabase.H2) {
            c.setClientInfo("ApplicationName", "someone");
        }
        c.setAutoCommit(false);
    }
}
