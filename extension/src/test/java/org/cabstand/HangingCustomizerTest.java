package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Customizers and providers that hang, or cannot be made: no place is lost by them. */
@Timeout(60)
class HangingCustomizerTest {

    private static final AtomicInteger TO_HANG = new AtomicInteger();

    @ApplicationScoped
    static class SlowSql implements ConnectionCustomizer {
        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            if (TO_HANG.getAndDecrement() > 0) {
                String product = connection.getMetaData().getDatabaseProductName();
                Sql.run(
                        connection,
                        product.equals("PostgreSQL") ? "select pg_sleep(50)" : "do sleep(50)");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void aCustomizerInAnEndlessStatementHoldsTheBorrowerForItsTimeOnly(TestDatabase database)
            throws Exception {
        TO_HANG.set(1);
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "acquisition-timeout", "1s"),
                        SlowSql.class)) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            await().atMost(Duration.ofSeconds(5)).until(() -> isServed(app));
        }
    }

    private static boolean isServed(TestApplication app) {
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    private static final CountDownLatch FOR_EVER = new CountDownLatch(1);

    @ApplicationScoped
    static class SlowVault implements CredentialsProvider {
        @Override
        public Credentials credentials(String pool) {
            if (TO_HANG.getAndDecrement() > 0) {
                try {
                    FOR_EVER.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Credentials("app", "secret");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aProviderThatHangsCostsOneAttempt(TestDatabase database) throws Exception {
        TO_HANG.set(1);
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size",
                                "1",
                                "acquisition-timeout",
                                "500ms",
                                "login-timeout",
                                "1s"),
                        SlowVault.class)) {
            assertThat(isServed(app)).isFalse();
            await().atMost(Duration.ofSeconds(5)).until(() -> isServed(app));
        }
    }

    @Dependent
    static class Unmakeable implements ConnectionCustomizer {
        Unmakeable() {
            if (TO_HANG.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
        }

        @Override
        public void customize(String pool, Connection connection) {
            // that it can be made is enough
        }
    }

    @Test
    void aCustomizerThatCannotBeMadeCostsNoPlace() throws Exception {
        TO_HANG.set(3);
        try (var app =
                TestApplication.start(
                        TestApplication.h2("unmakeable", "max-size", "1"), Unmakeable.class)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .hasRootCauseMessage("not yet");
            }
            assertThat(isServed(app)).isTrue();
        }
    }
}
