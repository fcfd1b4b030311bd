package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many connections a request takes that works in a transaction and outside of it. */
class ConnectionsBesideTransactionTest extends TransactionFixture {

    @Test
    void idleConnectionGoesBackBeforeTheTransactionTakesOne() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "acquisition-timeout", "2s");
        app.request(
                () -> {
                    insert(1);
                    transactions.required(
                            () -> {
                                insert(2);
                                assertThat(app.state().active()).isEqualTo(1);
                            });
                    insert(3);
                    assertThat(app.state().active()).isEqualTo(1);
                });
        assertThat(rides()).isEqualTo(3);
    }

    @Test
    void openWorkOutsideThatBlocksTheTransactionFailsAtOnceAndSaysWhy() throws Exception {
        start(
                TestDatabase.POSTGRESQL,
                "max-size",
                "1",
                "auto-commit",
                "false",
                "acquisition-timeout",
                "20s");
        app.request(
                () -> {
                    insert(1);
                    long begin = System.nanoTime();
                    assertThatThrownBy(() -> transactions.required(() -> insert(2)))
                            .isInstanceOf(PoolExhaustedException.class)
                            .hasMessageContaining("CAB0120: pool 'test'")
                            .hasMessageContaining("neither committed nor rolled back")
                            .hasMessageContaining("cabstand.pool.test.max-size");
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .isLessThan(Duration.ofSeconds(10));
                    app.connection().commit();
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void openStatementOutsideKeepsItsConnection() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        insertOutside(1, 2, 3);
        app.request(
                () -> {
                    int sum = 0;
                    try (Statement statement = app.connection().createStatement();
                            ResultSet results = statement.executeQuery("select id from ride")) {
                        while (results.next()) {
                            int id = results.getInt(1);
                            sum += id;
                            transactions.required(() -> insert(10 * id));
                        }
                    }
                    assertThat(sum).isEqualTo(6);
                });
        assertThat(rides()).isEqualTo(6);
        assertNothingInUse();
    }

    @Test
    void openMetadataResultOutsideKeepsItsConnection() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    try (ResultSet tables =
                            app.connection().getMetaData().getTables(null, null, "ride", null)) {
                        assertThatThrownBy(() -> transactions.required(() -> insert(1)))
                                .hasMessageContaining("an open statement or result");
                        assertThat(tables.next()).isTrue();
                    }
                    transactions.required(() -> insert(2));
                });
        assertThat(rides()).isEqualTo(1);
    }

    @Test
    void suspendedTransactionThatBlocksAnotherIsNamed() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "acquisition-timeout", "20s");
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    assertThatThrownBy(
                                                    () -> suspending.requiresNew(() -> insert(2)))
                                            .hasMessageContaining("CAB0120")
                                            .hasMessageContaining("suspended transaction");
                                    assertThatThrownBy(
                                                    () -> suspending.notSupported(() -> insert(3)))
                                            .hasMessageContaining("CAB0120");
                                    insert(4);
                                }));
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }
}
