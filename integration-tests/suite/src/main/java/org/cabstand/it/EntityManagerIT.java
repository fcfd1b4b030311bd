package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guards that the injected {@code EntityManager} works with each server's own provider, with nothing but
 * entities in the application: the transaction's persistence context, one connection with JDBC, and the end
 * of every kind of request.
 *
 * <p>The pools have one connection, or two where a transaction is suspended: what is kept fails the next
 * request.
 */
@ArquillianTest
class EntityManagerIT {

    private static final Database DATABASE = Database.create("purchases");

    private static final int REQUESTS = 1_000;
    private static final int CLIENTS = 8;

    private static final List<String> KINDS =
            List.of(
                    "paid",
                    "rolled-back",
                    "outside",
                    "throwing",
                    "suspended",
                    "stage",
                    "streaming",
                    "paid",
                    "suspended",
                    "stage",
                    "rolled-back",
                    "endless");

    private final WarClient app = WarClient.of("purchases");

    private final String id = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war = TestWar.named("purchases").withEntities().withDriversOfMariaDbAndMySql();
        for (String pool : new String[] {"one", "two"}) {
            war.pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", pool.equals("one") ? "1" : "2");
        }
        war.pool("maria", "url", MariaDb.url("mariadb"))
                .pool("maria", "username", MariaDb.USER)
                .pool("maria", "password", MariaDb.PASSWORD)
                .pool("maria", "max-size", "1");
        // who ends sessions of the others
        war.pool("one-admin", "url", DATABASE.url())
                .pool("one-admin", "username", "postgres")
                .pool("maria-admin", "url", MariaDb.url("mariadb"))
                .pool("maria-admin", "username", MariaDb.USER)
                .pool("maria-admin", "password", MariaDb.PASSWORD);
        for (String pool : new String[] {"one", "maria"}) {
            war.pool(
                    pool,
                    "jpa.properties.jakarta.persistence.schema-generation.database.action",
                    "create");
        }
        return war.pool("two", "jpa.packages", "org.cabstand.it.app")
                .config("cabstand.defaults.acquisition-timeout", "30s")
                .build();
    }

    private String call(String pool, String path) {
        String seen = app.text("api/purchase/" + pool + "/" + path + "?id=" + id);
        assertBack(pool);
        return seen;
    }

    private void assertBack(String pool) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(app.pool(pool).active()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void entitiesAndSqlShareOneTransactionAndOneConnection(String pool) {
        assertThat(call(pool, "paid")).isEqualTo("true 1 sql true paid 2 true new");
        assertThat(call(pool, "")).isEqualTo("paid 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void bothAreRolledBack(String pool) {
        assertThat(call(pool, "rolled-back")).isEqualTo("IllegalStateException true");
        assertThat(call(pool, "")).isEqualTo("nothing");
    }

    /** Where it is another one, an application that wants Hibernate brings it. */
    @Test
    void providerIsTheServers() {
        assertThat(app.text("api/purchase/one/provider").startsWith("org.hibernate."))
                .isEqualTo(Server.can("jpa-hibernate"));
    }

    @Test
    void writesOutsideOfATransactionAreRefused() {
        assertThat(call("one", "outside"))
                .isEqualTo(
                        "TransactionRequiredException TransactionRequiredException"
                                + " TransactionRequiredException IllegalStateException true");
    }

    @Test
    void suspendedTransactionHasItsOwnPersistenceContext() {
        assertThat(call("two", "requires-new")).isEqualTo("IllegalStateException true true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void transactionMarkedForRollbackCommitsNothing(String pool) {
        assertThat(call(pool, "rollback-only")).isEqualTo("new RollbackException true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void commitWhoseFlushFailsCommitsNothing(String pool) {
        assertThat(call(pool, "commit-fails")).isEqualTo("RollbackException true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void flushThatFailsHalfWayCannotBeCommitted(String pool) {
        assertThat(call(pool, "swallowed")).isEqualTo("false false true true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void commitOfASessionThatWasLostCommitsNothing(String pool) {
        assertThat(call(pool, "lost")).isEqualTo("false true");
        assertThat(call(pool, "paid")).endsWith(" new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void transactionThatTimedOutCommitsNothing(String pool) {
        assertThat(call(pool, "timed-out")).isEqualTo("true false true true true");
    }

    @Test
    void preDestroyMayPersist() {
        call("one", "farewell");
        assertThat(call("one", "")).isEqualTo("new 0");
    }

    @Test
    void requestThatThrowsKeepsNothing() {
        assertThat(app.get("api/purchase/one/throwing?id=" + id).statusCode()).isEqualTo(500);
        assertBack("one");
    }

    @Test
    void transactionThatARequestLeavesOpenIsRolledBackInTheEnd() {
        app.get("api/purchase/one/abandoned?id=" + id);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(app.pool("one").active()).isZero());
        assertThat(call("one", "")).isEqualTo("nothing");
    }

    @ParameterizedTest
    @CsvSource({"one,suspended", "one,stage", "maria,suspended", "maria,stage"})
    void asynchronousRequestKeepsNothing(String pool, String path) {
        assertThat(call(pool, path)).isEqualTo("done");
        assertClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "maria"})
    void clientThatHangsUpLeavesNothing(String pool) {
        app.hangUp("api/purchase/" + pool + "/endless?id=" + id, () -> {});
        assertBack(pool);
        assertClosed();
    }

    /** The requests' persistence contexts, and those of their transactions. */
    private void assertClosed() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(app.text("api/purchase/one/contexts")).isEqualTo("0"));
    }

    @Test
    void threadWithoutRequestIsToldSo() {
        assertThat(call("one", "without-request")).isEqualTo("ContextNotActiveException true");
    }

    @Test
    void thousandRequestsOfAllKindsLeaveNothingBehind() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                answers.add(clients.submit(() -> request(number)));
            }
            for (Future<?> answer : answers) {
                answer.get(3, TimeUnit.MINUTES);
                assertThat(app.pool("two").active()).isLessThanOrEqualTo(2);
            }
        } finally {
            clients.shutdownNow();
        }
        assertBack("two");
        assertBack("maria");
        assertClosed();
        assertThat(app.pool("two").acquired()).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(DATABASE.openTransactions()).isZero();
    }

    private void request(int number) {
        String kind = KINDS.get(number % KINDS.size());
        String pool = number % 5 == 0 ? "maria" : "two";
        String path = "api/purchase/" + pool + "/" + kind + "?id=" + id + "-" + number;
        if (kind.equals("endless")) {
            app.hangUp(path, () -> {});
        } else {
            assertThat(app.get(path).statusCode())
                    .as(kind)
                    .isEqualTo(kind.equals("throwing") ? 500 : 200);
        }
    }
}
