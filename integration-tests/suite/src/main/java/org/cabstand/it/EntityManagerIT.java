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

    @Test
    void transactionMarkedForRollbackCommitsNothing() {
        assertThat(call("one", "rollback-only")).isEqualTo("new RollbackException true");
    }

    @Test
    void commitWhoseFlushFailsCommitsNothing() {
        assertThat(call("one", "commit-fails")).isEqualTo("RollbackException true");
    }

    @Test
    void transactionThatTimedOutCommitsNothing() {
        assertThat(call("one", "timed-out")).isEqualTo("true false true true true");
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
    @ValueSource(strings = {"suspended", "stage"})
    void asynchronousRequestKeepsNothing(String path) {
        assertThat(call("one", path)).isEqualTo("done");
    }

    @Test
    void threadWithoutRequestIsToldSo() {
        assertThat(call("one", "without-request")).isEqualTo("ContextNotActiveException true");
    }

    @Test
    void thousandRequestsOfAllKindsLeaveNothingBehind() throws Exception {
        List<String> kinds =
                List.of("paid", "rolled-back", "outside", "throwing", "suspended", "stage");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String kind = kinds.get(i % kinds.size());
                String path = "api/purchase/two/" + kind + "?id=" + id + "-" + i;
                answers.add(clients.submit(() -> app.get(path).statusCode()));
            }
            int failed = 0;
            for (Future<Integer> answer : answers) {
                failed += answer.get(3, TimeUnit.MINUTES) == 200 ? 0 : 1;
                assertThat(app.pool("two").active()).isLessThanOrEqualTo(2);
            }
            assertThat(failed).as("those that throw").isEqualTo((REQUESTS - 3 + 5) / 6);
        } finally {
            clients.shutdownNow();
        }
        assertBack("two");
        assertThat(app.pool("two").acquired()).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(DATABASE.openTransactions()).isZero();
    }
}
