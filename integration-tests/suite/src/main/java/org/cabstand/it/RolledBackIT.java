package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.cabstand.it.app.Till;
import org.cabstand.it.app.TillResource;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.PoolCheck;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guards that what an application on a server commits during a test over HTTP is undone after it. */
@CabstandTest
@ArquillianTest
class RolledBackIT {

    private static final Database DATABASE =
            Database.create("till").execute("create table work (id text)");

    private final WarClient app = WarClient.of("till");

    @ArquillianResource
    @OperateOnDeployment("till")
    URI address;

    PoolCheck check;

    @Deployment(name = "till", testable = false)
    static WebArchive war() {
        return war("till").withCabstandTest().config("mp.config.profile", "test").build();
    }

    /** An application in production that has the jar by mistake. */
    @Deployment(name = "production", testable = false)
    static WebArchive production() {
        return war("production").withCabstandTest().build();
    }

    /** Each request may need two connections, for REQUIRES_NEW. */
    private static TestWar war(String name) {
        return TestWar.named(name)
                .with(TillResource.class, Till.class, Till.Receipts.class)
                .pool("till", "url", DATABASE.url())
                .pool("till", "username", "postgres")
                .pool("till", "max-size", "20");
    }

    /** While the test has not ended yet. */
    @AfterEach
    void nothingIsCommitted() {
        assertThat(DATABASE.committedWith("")).isEmpty();
    }

    @Test
    void transactionsAreUndone() {
        assertThat(app.text("api/till/pay?id=a")).isEqualTo("2");
        assertThat(app.text("api/till/by-hand?id=b")).isEqualTo("3");
        assertThat(app.text("api/till/count")).isEqualTo("3");
        check.nothingHeld();
        check.nothingLeftOpen();
        check.noWarnings();
        assertThat(check.statements()).hasSize(6);
        assertThatThrownBy(() -> check.statementsAtMost(5))
                .hasMessageContaining(
                        "CAB0178: expected at most 5 statement(s), but there were 6: ");
    }

    @Test
    void theyAreUndoneAfterEachTest() {
        assertThat(app.text("api/till/pay?id=a")).isEqualTo("2");
    }

    @Test
    void requestsAtTheSameTime() {
        List<CompletableFuture<?>> requests =
                IntStream.range(0, 10)
                        .<CompletableFuture<?>>mapToObj(
                                i ->
                                        app.send(
                                                (i % 2 == 0
                                                                ? "api/till/pay?id="
                                                                : "api/till/by-hand?id=")
                                                        + i))
                        .toList();
        requests.forEach(CompletableFuture::join);
        assertThat(app.text("api/till/count")).isEqualTo("15");
    }

    @Test
    void warningsOfTheServerAreSeen() {
        app.text("api/till/open?id=a");
        check.nothingHeld();
        assertThat(check.statements()).hasSize(1);
        assertThatThrownBy(check::noWarnings).hasMessageContaining("CAB0201");
    }

    @Test
    void withoutTheProfileItDoesNothing() throws Exception {
        HttpRequest begin =
                HttpRequest.newBuilder(
                                URI.create(
                                        System.getProperty("it.http")
                                                + "/production/cabstand-test/begin?test=x"))
                        .POST(BodyPublishers.noBody())
                        .build();
        var answer = HttpClient.newHttpClient().send(begin, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).startsWith("CAB0170");

        WarClient production = WarClient.of("production");
        assertThat(production.text("api/till/pay?id=a")).isEqualTo("2");
        assertThat(DATABASE.committedWith("")).containsExactlyInAnyOrder("a", "a-receipt");
        DATABASE.execute("delete from work");
    }
}
