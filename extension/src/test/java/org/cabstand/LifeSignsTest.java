package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log has of a pool that is well: one line at the start, and one at the end. */
class LifeSignsTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private List<String> info() {
        return log.at(Level.INFO);
    }

    @Test
    void oneLineAtTheStartAndOneAtTheEndAndNothingElse() throws Exception {
        Map<String, String> settings =
                TestDatabase.POSTGRESQL.pool(
                        "max-size", "4", "min-size", "1", "password", "geheim");
        try (var app = TestApplication.startWithJta(settings)) {
            await().until(() -> !info().isEmpty());
            assertThat(info().get(0))
                    .matches(
                            "CAB0250: pool 'test' has started: PostgreSQL \\d\\S* at jdbc:postgresql://.*,"
                                    + " 1 to 4 connections\\. Configured: password=\\*\\*\\*, min-size=1,"
                                    + " max-size=4 \\(test\\)\\.");
            try (Traffic traffic = new Traffic(3, app.dataSource(), c -> Sql.run(c, "select 1"))) {
                traffic.serve(20);
            }
            assertThat(info()).hasSize(1);
        }
        assertThat(info()).hasSize(2);
        assertThat(info().get(1))
                .matches(
                        "CAB0251: pool 'test' has ended after \\d+s: \\d+ borrow\\(s\\), [1-4] connection\\(s\\)"
                                + " opened, [1-4] at once, 0 time-out\\(s\\)\\.");
        assertThat(log.everything().toString()).doesNotContain("geheim");
    }

    @Test
    void aPoolThatOpensNothingSaysSoAtOnce() {
        try (var app = TestApplication.startWithJta(TestDatabase.H2.pool())) {
            assertThat(app.state().idle()).isZero();
            assertThat(info())
                    .containsExactly(
                            "CAB0250: pool 'test' has started: jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1, 0 to 10"
                                    + " connections.");
        }
    }

    @Test
    void eachConfigSourceIsNamedWithWhatItChanges() {
        Map<String, String> settings = new ConcurrentHashMap<>(TestDatabase.H2.pool());
        settings.put("cabstand.pool.test.acquisition-timeout", "2s");
        settings.put("cabstand.defaults.reset", "standard");
        try (var app = TestApplication.startWithJta(settings)) {
            assertThat(app.state().max()).isEqualTo(10);
            assertThat(info().get(0))
                    .as("what equals the default has not been changed")
                    .endsWith("connections. Configured: acquisition-timeout=2s (test).");
        }
    }

    @Test
    void theFirstAttemptFailsAndThePoolIsThereAllTheSame() {
        FakeDatabase database = new FakeDatabase("no-life");
        database.onConnect(
                properties -> {
                    throw new SQLException("down", "08001");
                });
        try (var app = TestApplication.startWithJta(database.pool("min-size", "1"))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !lines("CAB0250").isEmpty());
            assertThat(lines("CAB0250").get(0)).contains("has started: jdbc:fake:no-life, 1 to 10");
            assertThat(app.state().idle()).isZero();
        }
        assertThat(lines("CAB0250")).hasSize(1);
        assertThat(lines("CAB0251")).hasSize(1);
    }

    private List<String> lines(String code) {
        return info().stream().filter(line -> line.startsWith(code)).toList();
    }

    @Test
    void aPoolThatIsNotActiveShowsNoSign() {
        try (var app = TestApplication.startWithJta(Map.of("cabstand.pool.test.active", "false"))) {
            assertThat(app.state().max()).isEqualTo(10);
        }
        assertThat(info()).isEmpty();
    }
}
