package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Passwords, tokens and what is secret in a URL: in no log, error, health answer, name or description. */
class SecretsInNothingTest {

    private static final String SECRET = "s3cr3t-mark";

    private final CapturedLog log = new CapturedLog();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void see(Object text) {
        seen.add(String.valueOf(text));
    }

    /** Causes and suppressed ones are in its stack trace; next ones are not. */
    private void see(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        see(text);
        if (error instanceof SQLException e && e.getNextException() != null) {
            see(e.getNextException());
        }
    }

    private void borrowInVain(TestApplication app) {
        Throwable error = catchThrowable(() -> app.dataSource().getConnection().close());
        assertThat(error).isInstanceOf(SQLException.class);
        see(error);
    }

    /** All that describes a pool while it runs. */
    private void describe(TestApplication app) throws Exception {
        ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
        see(pool);
        see(pool.settings());
        see(pool.probe().ask());
        see(app.dataSource());
        AgroalDataSource agroal = app.dataSource().unwrap(AgroalDataSource.class);
        see(agroal);
        see(agroal.getMetrics());
        see(
                agroal.getConfiguration()
                        .connectionPoolConfiguration()
                        .connectionFactoryConfiguration()
                        .jdbcUrl());
        see(
                agroal.getConfiguration()
                        .connectionPoolConfiguration()
                        .connectionFactoryConfiguration()
                        .jdbcProperties());
        see(
                agroal.getConfiguration()
                        .connectionPoolConfiguration()
                        .connectionFactoryConfiguration()
                        .credentials());
        Thread.getAllStackTraces().keySet().forEach(thread -> see(thread.getName()));
        ManagementFactory.getPlatformMBeanServer().queryNames(null, null).forEach(this::see);
    }

    private void assertNothingSeen() {
        assertThat(log.everything()).isNotEmpty().noneMatch(text -> text.contains(SECRET));
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    private static Map<String, String> pool(String url, String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", url);
        properties.put("cabstand.pool.test.username", "app");
        properties.put("cabstand.pool.test.password", SECRET + "-1");
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    @Test
    void neitherWhenTheDatabaseIsDown() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url =
                "jdbc:%s://127.0.0.1:"
                        + port
                        + "/x?password="
                        + SECRET
                        + "-url&sslpassword="
                        + SECRET;
        for (String driver : List.of("postgresql", "mysql", "mariadb")) {
            try (var app = TestApplication.start(pool(url.formatted(driver)))) {
                borrowInVain(app);
                describe(app);
            }
        }
        assertNothingSeen();
    }

    @Test
    void norThroughRefusalsValidationAndRotationOnARealServer() throws Exception {
        try (PostgresServer server = PostgresServer.createWithPasswords();
                Connection control = server.connect()) {
            Sql.run(control, "create role app login password '" + SECRET + "-2'");
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
            try (var app =
                    TestApplication.start(
                            pool(
                                    url,
                                    "properties.sslpassword",
                                    SECRET + "-property",
                                    "validate-after-idle",
                                    "0s"))) {
                borrowInVain(app); // refused
                borrowInVain(app); // in the pause
                describe(app);
                app.set("cabstand.pool.test.password", SECRET + "-2");
                try (Connection connection = app.dataSource().getConnection()) {
                    see(connection);
                    see(connection.getMetaData().getURL());
                    see(
                            Sql.one(
                                    control,
                                    "select string_agg(application_name || usename, ',')"
                                            + " from pg_stat_activity where usename = 'app'"));
                }
                Sql.run(
                        control,
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
                app.dataSource().getConnection().close(); // the dead one fails its validation
                Sql.run(control, "alter role app password '" + SECRET + "-3'");
                app.set("cabstand.pool.test.password", SECRET + "-3");
                app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
                await().until(
                                () ->
                                        log.everything().stream()
                                                .anyMatch(text -> text.contains("CAB0223")));
                describe(app);
                app.set("cabstand.pool.test.max-size", "-1");
                app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
                await().until(() -> log.warnings().stream().anyMatch(w -> w.contains("CAB0222")));
            }
            assertNothingSeen();
        }
    }

    @ApplicationScoped
    static class Tokens implements CredentialsProvider {
        @Override
        public Credentials credentials(String pool) {
            Credentials token = new Credentials("app", SECRET + "-token");
            assertThat(token.toString()).doesNotContain(SECRET);
            return token;
        }
    }

    @Test
    void norThroughADriverThatTellsEverything() throws Exception {
        FakeDatabase database =
                new FakeDatabase("chatty")
                        .onConnect(
                                properties -> {
                                    String password = properties.getProperty("password");
                                    SQLException error =
                                            new SQLException("tried " + password, "28000");
                                    SQLException plain = new SQLException("plain", "28000");
                                    plain.addSuppressed(new SQLException("tried " + password));
                                    error.setNextException(plain);
                                    throw properties.containsKey("viaNext") ? plain : error;
                                });
        for (String property : List.of("viaNext", "directly")) {
            try (var app =
                    TestApplication.start(
                            database.pool("properties." + property, "x"), Tokens.class)) {
                borrowInVain(app);
                borrowInVain(app);
                describe(app);
            }
        }
        assertNothingSeen();
    }

    @Test
    void namesAndValuesMakeNoLinesOfTheirOwn() throws Exception {
        String forged = "app\nCAB0999: forged\r\u2028CAB0998: forged";
        FakeDatabase database =
                new FakeDatabase("forged")
                        .onConnect(
                                properties -> {
                                    throw new SQLException(
                                            "no user " + properties.getProperty("user"), "28000");
                                });
        try (var app = TestApplication.start(database.pool("username", forged))) {
            Throwable error = catchThrowable(() -> app.dataSource().getConnection());
            assertThat(error.getMessage()).doesNotContainPattern("\\R").contains("forged");
            app.set("cabstand.pool.test.max-size", forged);
            app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
            await().until(() -> log.warnings().stream().anyMatch(w -> w.contains("CAB0222")));
            assertThat(log.warnings()).noneMatch(warning -> warning.matches("(?s).*\\R.*"));
        }
        assertThat(
                        catchThrowable(
                                () ->
                                        TestApplication.start(
                                                Map.of("cabstand.pool.a\nb.url", database.url()))))
                .hasMessageContaining("CAB0008: 'a b' is not a pool name");
    }
}
