package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cabstand.it.app.ForeignResource;
import org.cabstand.it.app.SuspendingTransactions;
import org.cabstand.it.app.TransactionFailures;
import org.cabstand.it.app.TransactionResource;
import org.cabstand.it.app.TransactionWork;
import org.cabstand.it.app.Transactions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guards that connections take part in the server's JTA transactions, whoever begins and ends them, and
 * that nothing is half-committed or lost when something fails.
 */
@Tag("core")
@ArquillianTest
class TransactionIT {

    private static final Database DATABASE =
            Database.create("transactions")
                    .execute("create table work (id text)")
                    .execute("create table once (id text unique deferrable initially deferred)");

    private static final Database OTHER =
            Database.create("transactions_other").execute("create table work (id text)");

    private static final List<String> POOLS =
            List.of("one", "three", "xa", "required", "other", "otherxa", "maria", "mariaxa");

    private final WarClient app = WarClient.of("transactions");

    private final String id = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war =
                TestWar.named("transactions")
                        .with(
                                TransactionResource.class,
                                TransactionWork.class,
                                TransactionFailures.class,
                                Transactions.class,
                                Transactions.Step.class)
                        .with(SuspendingTransactions.class)
                        .with(ForeignResource.class);
        for (String pool :
                new String[] {"one", "three", "xa", "required", "admin", "other", "otherxa"}) {
            Database database = pool.startsWith("other") ? OTHER : DATABASE;
            war.pool(pool, "url", database.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", pool.equals("three") ? "3" : "1")
                    .pool(pool, "acquisition-timeout", "10s");
        }
        for (String pool : new String[] {"maria", "mariaxa", "mariaadmin"}) {
            war.pool(pool, "url", MariaDb.url("mariadb"))
                    .pool(pool, "username", MariaDb.USER)
                    .pool(pool, "password", MariaDb.PASSWORD)
                    .pool(pool, "max-size", "1")
                    .pool(pool, "acquisition-timeout", "10s");
        }
        return war.withDriversOfMariaDbAndMySql()
                .pool("mariaxa", "transactions", "xa")
                .pool("mariaadmin", "transactions", "off")
                .pool("xa", "transactions", "xa")
                .pool("otherxa", "transactions", "xa")
                .pool("required", "transactions", "required")
                .pool("admin", "transactions", "off")
                .build();
    }

    @AfterEach
    void everyConnectionIsBack() {
        await().untilAsserted(
                        () -> {
                            for (String pool : POOLS) {
                                assertThat(app.pool(pool).active()).as(pool).isZero();
                            }
                            assertThat(DATABASE.openTransactions()).isZero();
                        });
    }

    private String call(String pool, String scenario) {
        return call(pool, scenario, "");
    }

    private String call(String pool, String scenario, String query) {
        return app.text("api/tx/" + pool + "/" + scenario + "?id=" + id + query);
    }

    private List<String> committed() {
        return DATABASE.committedWith(id);
    }

    private List<String> committed(String pool) {
        return pool.startsWith("maria") ? call("mariaadmin", "rows").lines().toList() : committed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "xa", "maria", "mariaxa"})
    void annotatedMethodsCommitAndRollBack(String pool) {
        assertThat(call(pool, "annotated"))
                .isEqualTo("IllegalStateException IOException IOException");
        assertThat(committed(pool))
                .containsExactly(
                        Server.can("jta.each-exception-decides")
                                ? new String[] {"-checked", "-committed"}
                                : new String[] {"-committed"});
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "xa", "maria", "mariaxa"})
    void oneConnectionIsEnoughBeforeInsideAndAfterTransactions(String pool) {
        assertThat(call(pool, "around")).isEqualTo("true");
        assertThat(committed(pool))
                .containsExactly("-after", "-before", "-end", "-inside", "-user");
    }

    @Test
    void suspendedTransactionsKeepTheirConnection() {
        assertThat(call("three", "nested")).isEqualTo("true true true IllegalStateException");
        assertThat(committed()).containsExactly("-new", "-none");
    }

    @Test
    void borrowedConnectionsTakePart() {
        assertThat(call("one", "data-source")).isEqualTo("IllegalStateException");
        assertThat(committed()).containsExactly("-committed", "-outside", "-too");
    }

    @Test
    void whatTheTransactionDecidesIsRefusedAndHarmsNothing() {
        assertThat(call("one", "refused").lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("SQLException: CAB0113"));
        assertThat(committed()).containsExactly("-first", "-second");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"one", "xa", "maria", "mariaxa"})
    void transactionThatTimedOutFailsClosed(String pool) {
        List<String> seen = call(pool, "timed-out").lines().toList();
        assertThat(committed(pool)).as(seen.toString()).containsExactly("-after");
        assertThat(seen.subList(1, 4))
                .as(seen.toString())
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                Server.can("jta.time-out-at-once")
                                                        ? "SQLException: CAB01"
                                                        : "no error"));
        assertThat(seen.get(4)).isNotEqualTo("done");
    }

    /** The statement takes longer than any server needs to look: WildFly ends it, others let it be. */
    @Tag("slow")
    @Test
    void transactionThatTimesOutInAStatementCommitsNothing() {
        String seen =
                call("one", "timed-out-in-statement", "&sleep=" + encoded("select pg_sleep(13)"));
        assertThat(committed()).as(seen).containsExactly("-after");
        assertThat(seen)
                .endsWith(
                        (Server.can("jta.time-out-at-once") ? " SQLException" : " done")
                                + " RollbackException");
    }

    @Test
    void besideAnotherResourceAOnePhasePoolRollsAllBack() {
        assertThat(call("one", "beside-foreign"))
                .isEqualTo("RollbackException, foreign rolled back");
        assertThat(committed()).isEmpty();
    }

    @Test
    void besideAnotherResourceAnXaPoolCommits() {
        assertThat(call("xa", "beside-foreign")).isEqualTo("done, foreign committed");
        assertThat(committed()).containsExactly("-beside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one/two/other", "one/two/otherxa", "xa/two/other"})
    void secondPoolIsRefusedAndTheFirstUnharmed(String path) {
        assertThat(app.text("api/tx/" + path + "?id=" + id))
                .startsWith("SQLException: CAB0115")
                .endsWith("IllegalStateException");
        assertThat(committed()).containsExactly("-committed");
        assertThat(OTHER.committedWith(id)).isEmpty();
    }

    @Test
    void twoXaPoolsCommitAndRollBackTogether() {
        assertThat(call("xa", "two/otherxa")).isEqualTo("no error\nIllegalStateException");
        assertThat(committed()).containsExactly("-committed");
        assertThat(OTHER.committedWith(id)).containsExactly("-committed");
    }

    @Test
    void xaPoolsOnTwoKindsOfDatabasesCommitAndRollBackTogether() {
        assertThat(call("xa", "two/mariaxa")).isEqualTo("no error\nIllegalStateException");
        assertThat(committed()).containsExactly("-committed");
        assertThat(committed("mariaxa")).containsExactly("-committed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "xa", "maria", "mariaxa"})
    void sessionThatDiesInATransactionIsARollbackException(String pool) {
        String seen =
                pool.startsWith("maria")
                        ? call(pool, "killed", "&admin=mariaadmin&kill=" + encoded("kill %s"))
                        : call(
                                pool,
                                "killed",
                                "&admin=admin&kill="
                                        + encoded("select pg_terminate_backend(%s, 5000)"));
        assertThat(seen.split(" ")).hasSize(3).doesNotContain("done");
        assertThat(seen).startsWith("RollbackException ").endsWith(" RollbackException ");
        assertThat(committed(pool)).containsExactly("-after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "xa"})
    void commitThatTheDatabaseRefusesIsARollbackException(String pool) {
        assertThat(call(pool, "commit-fails")).isEqualTo("RollbackException");
    }

    @Test
    void transactionThatARequestLeavesOpenIsRolledBackInTheEnd() {
        app.get("api/tx/one/abandoned?id=" + id);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(app.pool("one").active()).isZero());
        assertThat(committed()).isEmpty();
        assertThat(call("one", "annotated")).startsWith("IllegalStateException");
    }

    @Test
    void requiredIsRefusedOutside() {
        assertThat(call("required", "required")).startsWith("SQLException: CAB0114");
        assertThat(committed()).containsExactly("-inside");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
