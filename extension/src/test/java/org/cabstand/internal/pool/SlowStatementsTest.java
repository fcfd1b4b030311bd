package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.cabstand.SlowStatement;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.monitor.StatementRun;
import org.cabstand.internal.monitor.StatementWatches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each text is reported once a minute, however often it is slow and however many texts there are. */
class SlowStatementsTest {

    private final Logger logger = Logger.getLogger("org.cabstand");
    private final List<String> reports = new ArrayList<>();
    private final Queue<Runnable> minutes = new ArrayDeque<>();

    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord log) {
                    if (log.getLevel().equals(Level.WARNING)) {
                        reports.add(log.getMessage());
                    }
                }

                @Override
                public void flush() {
                    // nothing is kept
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };

    private final SlowStatements statements =
            new SlowStatements(
                    settings(),
                    Duration.ofNanos(1),
                    sql -> sql.replaceAll("\\d", "?"),
                    new StatementWatches(),
                    (delay, task) -> minutes.add(task));

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
    }

    private static PoolSettings settings() {
        Duration second = Duration.ofSeconds(1);
        return new PoolSettings(
                "orders",
                "jdbc:h2:mem:slow",
                null,
                Map.of(),
                true,
                new PoolLimits(0, 1, second),
                0,
                0,
                new PoolSettings.Timeouts(second, null, second, null),
                new PoolSettings.Lifetime(null, null),
                new PoolSettings.Validation(null, null, second, null),
                new PoolSettings.SessionSetup(true, false, null, null, Reset.STANDARD),
                PoolSettings.Watching.NOTHING,
                Transactions.OFF,
                new PoolSettings.Health(false, second, false),
                false,
                Set.of(),
                List.of());
    }

    private void run(String sql) {
        StatementRun run = statements.begin(sql, 0);
        run.returned(1, null);
        run.finished();
    }

    private void endMinute() {
        List<Runnable> due = new ArrayList<>(minutes);
        minutes.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void theFirstIsReportedAtOnceAndTheOthersAfterAMinute() {
        for (int i = 0; i < 10; i++) {
            run("select " + i);
        }
        assertThat(reports).singleElement().asString().endsWith(": select ?");
        endMinute();
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1))
                .contains("the longest of 9 within a minute")
                .endsWith("select ?");
        endMinute();
        assertThat(reports).as("nothing more").hasSize(2);
        assertThat(minutes).isEmpty();
        run("select 11");
        assertThat(reports).hasSize(3);
    }

    @Test
    void textsWithoutEndTakeBoundedSpaceAndBoundedLog() {
        int many = 10 * SlowStatements.MOST_TEXTS;
        for (int i = 0; i < many; i++) {
            run("select " + "x".repeat(i));
        }
        assertThat(statements.totals()).hasSizeLessThanOrEqualTo(SlowStatements.MOST_TEXTS + 1);
        assertThat(statements.totals().stream().mapToLong(SlowStatement::count).sum())
                .isEqualTo(many);
        assertThat(reports).hasSize(SlowStatements.MOST_TEXTS + 1);
        endMinute();
        assertThat(reports).hasSize(SlowStatements.MOST_TEXTS + 2);
        endMinute();
        run("another one");
        assertThat(statements.totals())
                .as("takes the place of one that is quiet")
                .anyMatch(total -> total.text().equals("another one"));
    }

    @Test
    void whatWasCountedIsSaidAtTheEnd() {
        run("select 1");
        run("select 2");
        run("select 3");
        statements.end();
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1)).contains("the longest of 2 within a minute");
    }

    @Test
    void totalsAreOfAllThereWere() {
        run("select 1");
        run("select 2");
        endMinute();
        run("select 3");
        assertThat(statements.totals())
                .singleElement()
                .satisfies(
                        total -> {
                            assertThat(total.text()).isEqualTo("select ?");
                            assertThat(total.count()).isEqualTo(3);
                            assertThat(total.total()).isGreaterThanOrEqualTo(total.longest());
                        });
    }
}
