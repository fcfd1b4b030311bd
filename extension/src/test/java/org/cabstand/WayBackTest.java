package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** State that drivers do not take back by themselves, or cannot: the next one does not get it. */
class WayBackTest extends WayBackFixture {

    private static Map<String, String> withoutDatabase(TestDatabase database, String... settings) {
        Map<String, String> pool = database.pool(settings);
        pool.computeIfPresent(
                "cabstand.pool.test.url", (key, url) -> url.replace("/contract", "/"));
        return pool;
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, standard, true",
        "MARIADB, standard, false",
        "MARIADB, full, true",
        "MYSQL, standard, true",
        "MYSQL, standard, false",
        "MYSQL, full, true"
    })
    void aCatalogWhereThereWasNone(TestDatabase database, String reset, String autoCommit)
            throws Exception {
        start(withoutDatabase(database, "reset", reset, "auto-commit", autoCommit));
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select database()")).isNull();
                        assertThat(app.connection().getCatalog()).isNullOrEmpty();
                        app.connection().setCatalog("other");
                        assertThat(Sql.one(app.connection(), "select database()"))
                                .isEqualTo("other");
                    });
        }
        assertThat(log.warnings()).isEmpty();
        assertThat(log.everything()).as("stack traces").noneMatch(m -> m.contains("SQLException"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aDatabaseThatSqlChoseWhereThereWasNone(TestDatabase database) throws Exception {
        start(withoutDatabase(database, "reset", "full"));
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select database()")).isNull();
                        Sql.run(app.connection(), "use other");
                    });
        }
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MARIADB, full", "MARIADB, standard", "MYSQL, full", "MYSQL, standard"})
    void noSessionIsReplacedWithoutNeed(TestDatabase database, String reset) throws Exception {
        start(withoutDatabase(database, "reset", reset));
        String[] session = new String[2];
        for (int i = 0; i < 2; i++) {
            int n = i;
            app.request(
                    () -> {
                        session[n] = Sql.one(app.connection(), "select connection_id()");
                        app.connection().setClientInfo("Trip", "7");
                    });
        }
        assertThat(session[1]).isEqualTo(session[0]);
    }

    @ParameterizedTest
    @EnumSource
    void clientInfo(TestDatabase database) throws Exception {
        start(database.pool());
        Properties before = new Properties();
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = app.connection().unwrap(Connection.class);
                    before.putAll(clientInfo(app.connection()));
                    try {
                        app.connection().setClientInfo("ApplicationName", "someone");
                        app.connection().setClientInfo("Trip", "7");
                        Properties more = new Properties();
                        more.setProperty("ClientUser", "someone");
                        app.connection().setClientInfo(more);
                    } catch (SQLClientInfoException e) {
                        assertThat(database).isEqualTo(TestDatabase.H2); // which takes none
                    }
                });
        app.request(
                () -> {
                    assertThat(clientInfo(app.connection())).isEqualTo(before);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        assertThat(log.warnings()).isEmpty();
    }

    /** Some drivers return what they work with. */
    @ParameterizedTest
    @EnumSource
    void whatAMapOrPropertiesOfTheDriverWereChangedTo(TestDatabase database) throws Exception {
        start(database.pool());
        Properties before = new Properties();
        app.request(
                () -> {
                    before.putAll(clientInfo(app.connection()));
                    Properties info = app.connection().getClientInfo();
                    if (info != null) {
                        info.setProperty("Trip", "7");
                    }
                    Map<String, Class<?>> types = app.connection().getTypeMap();
                    if (types != null) {
                        types.put("trip", String.class);
                    }
                });
        app.request(
                () -> {
                    assertThat(clientInfo(app.connection())).isEqualTo(before);
                    assertThat(app.connection().getTypeMap()).isNullOrEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MYSQL"})
    void everyBorrowerCanAddToTheTypeMap(TestDatabase database) throws Exception {
        start(database.pool());
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        Map<String, Class<?>> types =
                                app.connection().unwrap(Connection.class).getTypeMap();
                        assertThat(types).isEmpty();
                        types.put("trip", String.class);
                        app.connection().setTypeMap(types);
                        app.connection().close();
                        assertThat(app.connection().getTypeMap()).containsKey("trip");
                    });
        }
    }

    /** Some drivers set it by a task, which the application's executor may run at any time, or never. */
    @Test
    void aNetworkTimeoutThatTheApplicationsExecutorIsToSet() throws Exception {
        int[] timeout = new int[1];
        FakeDatabase database = new FakeDatabase("timeouts");
        database.on("getNetworkTimeout", (session, args) -> timeout[0]);
        database.on(
                "setNetworkTimeout",
                (session, args) -> {
                    ((Executor) args[0]).execute(() -> timeout[0] = (int) args[1]);
                    return null;
                });
        start(database.pool());
        List<Runnable> later = new ArrayList<>();
        app.request(
                () -> {
                    app.connection().setNetworkTimeout(later::add, 12_345);
                    assertThat(timeout[0]).isEqualTo(12_345);
                });
        app.request(
                () -> {
                    later.forEach(Runnable::run);
                    assertThat(app.connection().getNetworkTimeout()).isZero();
                    app.connection()
                            .setNetworkTimeout(
                                    task -> {
                                        throw new RejectedExecutionException("shut down");
                                    },
                                    12_345);
                    app.connection().close();
                    assertThat(app.connection().getNetworkTimeout()).isEqualTo(12_345);
                });
        assertThat(timeout[0]).isZero();
    }

    @Test
    void whatADriverCannotSetIsNoReasonToReplaceItsSession() throws Exception {
        FakeDatabase database = new FakeDatabase("readers");
        database.on(
                "setReadOnly",
                (session, args) -> {
                    throw new SQLFeatureNotSupportedException("only for reading, or never");
                });
        start(database.pool());
        Connection[] session = new Connection[2];
        for (int i = 0; i < 2; i++) {
            int n = i;
            app.request(() -> session[n] = app.connection().unwrap(Connection.class));
        }
        assertThat(session[1]).isSameAs(session[0]);
    }

    @Test
    void aShardingKeyCostsTheSession() throws Exception {
        FakeDatabase database = new FakeDatabase("shards");
        database.on("setShardingKey", (session, args) -> null);
        database.on("setShardingKeyIfValid", (session, args) -> true);
        start(database.pool());
        Connection[] session = new Connection[3];
        for (int i = 0; i < 3; i++) {
            int n = i;
            app.request(
                    () -> {
                        session[n] = app.connection().unwrap(Connection.class);
                        ShardingKey key = new ShardingKey() {};
                        if (n == 0) {
                            app.connection().setShardingKey(key);
                        } else {
                            assertThat(app.connection().setShardingKeyIfValid(key, 1)).isTrue();
                        }
                    });
        }
        assertThat(session).doesNotHaveDuplicates();
        assertThat(log.warnings()).filteredOn(m -> !m.startsWith("CAB0209")).isEmpty();
    }
}
