package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.Blame;
import org.cabstand.it.app.BlameResource;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that reports name the application's class and line, in the stacks of a server: not what the server
 * or a driver does there, nor what a thread of the server does that has gone on.
 */
@ArquillianTest
class BlameIT {

    private static final String APP = "org.cabstand.it.app.";

    /** Longer than borrowers wait: nobody asks meanwhile, so that the server's threads are idle. */
    private static final Duration UNTIL_TOLD = Duration.ofSeconds(2);

    private static final Database DATABASE =
            Database.create("blame").execute("create table work (id text)");

    private final WarClient app = WarClient.of("blame");

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war =
                TestWar.named("blame")
                        .with(Blame.class, BlameResource.class)
                        .with(Gate.class, GateResource.class)
                        .pool("traced", "leak-timeout", "10m")
                        .pool("waited", "slow-acquire", "300ms")
                        .pool("orders", "slow-sql", "200ms")
                        .pool("twice", "multiple-acquisition", "fail");
        for (String pool : new String[] {"orders", "traced", "untraced", "waited", "twice"}) {
            war.pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", "1")
                    .pool(pool, "acquisition-timeout", "1s");
        }
        return war.build();
    }

    /** Open Liberty ends threads that it has no work for. */
    private static final String NOT_AT_WORK =
            "\\(that thread (is idle now|has ended): the connection was not returned\\)";

    @Test
    void forgottenCloseIsNamedByItsPlaceAndItsThreadIsIdle() {
        app.text("api/blame/forget/traced");

        assertThat(told("traced"))
                .startsWith("CAB0101")
                .contains(", borrowed at " + APP + "BlameResource.forgetTraced(BlameResource.java:")
                .containsPattern(NOT_AT_WORK);
    }

    @Test
    void idleThreadIsRecognizedWhereThePlaceIsNotKnown() {
        app.text("api/blame/forget/untraced");

        assertThat(told("untraced"))
                .containsPattern(NOT_AT_WORK)
                .contains("'cabstand.pool.untraced.leak-timeout' shows where it was borrowed");
    }

    @Test
    void whoIsAtWorkIsNamedWithTheApplicationsFrameFirst() {
        CompletableFuture<HttpResponse<String>> holder = app.send("api/blame/hold");
        await().until(() -> app.text("api/gate/blame").equals("true"));

        assertThat(told("traced"))
                .contains(", borrowed at " + APP + "BlameResource.hold(BlameResource.java:")
                .contains(", now at " + APP + "Gate.hold(Gate.java:")
                .doesNotContain("not returned");
        app.text("api/gate/blame/open");
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void unfinishedWorkOfTheInjectedConnectionIsNamedByItsPlaceOnce() {
        app.text("api/blame/log"); // from now on it is read
        for (int i = 0; i < 8; i++) {
            app.text("api/blame/unfinished");
        }

        await().untilAsserted(() -> assertThat(warnings()).isEqualTo(1));
        assertThat(app.text("api/blame/log").lines())
                .filteredOn(line -> line.contains("CAB0201"))
                .first()
                .asString()
                .contains(", begun at " + APP + "Sql.insertWork(Sql.java:")
                .contains(APP + "BlameResource.unfinished(BlameResource.java:");
    }

    private String logged(String code) {
        return await().until(
                        () ->
                                app.text("api/blame/log")
                                        .lines()
                                        .filter(line -> line.startsWith("WARN"))
                                        .filter(line -> line.contains(code))
                                        .findFirst()
                                        .orElse(""),
                        line -> !line.isEmpty());
    }

    @Test
    void whoIsWaitedForIsNamedBeforeTheWaiterIsSentAway() {
        app.text("api/blame/log"); // from now on it is read
        CompletableFuture<HttpResponse<String>> holder = app.send("api/blame/hold/waited");
        await().until(() -> app.text("api/gate/waited").equals("true"));
        app.text("api/blame/borrow/waited");

        assertThat(logged("CAB0265"))
                .contains("pool 'waited': a request has been waiting for a connection for 0.3s")
                .contains(", now at " + APP + "Gate.hold(Gate.java:")
                .contains(APP + "BlameResource.holdWaited(BlameResource.java:");
        app.text("api/gate/waited/open");
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aSlowStatementIsNamedByItsTextAndPlace() {
        app.text("api/blame/log"); // from now on it is read
        app.text("api/blame/slow");

        assertThat(logged("CAB0266"))
                .contains("pool 'orders': a statement took 0.", ", 1 row(s), ", "by thread '")
                .contains(" at " + APP + "Sql.single(Sql.java:")
                .contains(APP + "BlameResource.slow(BlameResource.java:")
                .contains("select ? from pg_sleep(?)")
                .doesNotContain("hunter2");
    }

    @Test
    void aSecondConnectionIsNamedByBothPlaces() {
        assertThat(app.text("api/blame/second"))
                .startsWith("CAB0135: pool 'twice'")
                .contains("at " + APP + "BlameResource.second(BlameResource.java:")
                .contains(", borrowed at " + APP + "BlameResource.second(BlameResource.java:");
    }

    private long warnings() {
        return app.text("api/blame/log")
                .lines()
                .filter(line -> line.startsWith("WARN") && line.contains("CAB0201"))
                .count();
    }

    private String told(String pool) {
        app.text("api/blame/borrow/" + pool);
        return await().pollDelay(UNTIL_TOLD)
                .until(() -> app.text("api/blame/told"), told -> !told.isEmpty());
    }
}
