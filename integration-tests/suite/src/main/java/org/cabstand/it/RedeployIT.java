package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cabstand.it.app.CompletingServlet;
import org.cabstand.it.app.DispatchingServlet;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.GreetingResource;
import org.cabstand.it.app.LoaderRecord;
import org.cabstand.it.app.RequestMark;
import org.cabstand.it.app.SqlResource;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.WatcherResource;
import org.cabstand.it.app.Work;
import org.cabstand.it.app.WorkResource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guards that an application that goes takes everything along: sessions, threads, drivers, and in the end
 * its class loader.
 *
 * <p>A second application looks at the JVM from outside. Some servers keep the loader of an application
 * that is gone, at least that of the last one, whatever is in it: so a third application, with nothing in
 * it, says how many loaders are the server's own fault.
 */
@Tag("core")
@ArquillianTest
class RedeployIT {

    /**
     * A thread that a server starts for itself while an application is served keeps that application's class loader as
     * its context loader: the watchdog of the HTTP client in Payara's exporter of telemetry, say. Anything that we kept
     * would be kept for each deployment.
     */
    private static final int KEPT_BY_SERVER = 1;

    private static final int DEPLOYMENTS = 5;

    /** Pools on MariaDB, named after the driver that each has. */
    private static final List<String> DRIVERS = List.of("mariadb", "mysql");

    private static final Database DATABASE =
            Database.create("redeployed").execute("create table work (id text)");

    private final WarClient app = WarClient.of("redeployed");
    private final WarClient control = WarClient.of("control");
    private final WarClient watcher = WarClient.of("watcher");

    @ArquillianResource private Deployer deployer;

    @Deployment(name = "watcher", testable = false)
    static WebArchive watcher() {
        return TestWar.withoutCabstand("watcher")
                .with(WatcherResource.class, LoaderRecord.class)
                .build();
    }

    @Deployment(name = "control", managed = false, testable = false)
    static WebArchive control() {
        return TestWar.withoutCabstand("control")
                .with(GreetingResource.class, LoaderRecord.class)
                .build();
    }

    @Deployment(name = "redeployed", managed = false, testable = false)
    static WebArchive redeployed() {
        TestWar war =
                TestWar.named("redeployed")
                        .withConsole()
                        .config("mp.config.profile", "dev")
                        .config("cabstand.console.enabled", "true")
                        .with(LoaderRecord.class)
                        .with(Via.class, Work.class, WorkResource.class)
                        .with(CompletingServlet.class, DispatchingServlet.class, RequestMark.class)
                        .with(Gate.class, GateResource.class)
                        .withDriversOfMariaDbAndMySql()
                        .with(SqlResource.class)
                        .pool("manual", "auto-commit", "false");
        if (Server.can("jpa-own")) {
            war.withJpa();
        }
        if (Server.can("jpa-entities")) {
            war.withEntities()
                    .pool("one", "jpa.packages", "org.cabstand.it.app")
                    .pool(
                            "one",
                            "jpa.properties.jakarta.persistence.schema-generation.database.action",
                            "create");
        }
        for (String driver : DRIVERS) {
            war.pool(driver, "url", MariaDb.url(driver))
                    .pool(driver, "username", MariaDb.USER)
                    .pool(driver, "password", MariaDb.PASSWORD);
        }
        for (String pool : new String[] {"orders", "manual", "orm", "one"}) {
            war.pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "min-size", "1")
                    .pool(pool, "max-size", "2");
        }
        return war.build();
    }

    @Test
    @OperateOnDeployment("watcher")
    void nothingIsLeftAfterTheLastUndeployment() {
        letTheServerMakeItsThreads();
        for (int i = 0; i < DEPLOYMENTS; i++) {
            deployer.deploy("control");
            assertThat(control.text("api/greeting")).isEqualTo("hello");
            deployer.undeploy("control");
        }
        for (int i = 0; i < DEPLOYMENTS; i++) {
            deployer.deploy("redeployed");
            use();
            // what is looked for below can be seen while it is there
            assertThat(ownThreads()).isNotEmpty();
            assertThat(drivers())
                    .contains(
                            "org.postgresql.Driver",
                            "org.mariadb.jdbc.Driver",
                            "com.mysql.cj.jdbc.Driver");
            deployer.undeploy("redeployed");
        }

        assertThat(watcher.text("api/watch/loaders/control")).isEqualTo("" + DEPLOYMENTS);
        assertThat(watcher.text("api/watch/loaders/redeployed")).isEqualTo("" + DEPLOYMENTS);
        assertThat(drivers()).isEmpty();
        await().untilAsserted(() -> assertThat(DATABASE.sessions()).isZero());
        // PostgreSQL's driver lets its cleaner go when it has had nothing to do for a while
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> {
                            letTheServerMakeItsThreads(); // some keep the last request they served
                            long loaders = reachable("redeployed");
                            assertThat(loaders <= reachable("control") + KEPT_BY_SERVER)
                                    .as("%d loaders", loaders)
                                    .isEqualTo(Server.can("redeploy.class-loader"));
                        });
    }

    /**
     * A thread of WildFly's keeps the first request that it ever served, and that its application, for as
     * long as it lives: here it is one of the watcher's.
     */
    private void letTheServerMakeItsThreads() {
        CompletableFuture.allOf(
                        Stream.generate(() -> watcher.send("api/watch/threads"))
                                .limit(32)
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Every kind of request, as each meets other threads of the server. */
    private void use() {
        app.text("cabstand/");
        if (Server.can("jpa-own")) {
            app.text("api/jpa/" + UUID.randomUUID() + "/committed");
        }
        if (Server.can("jpa-entities")) {
            assertThat(app.text("api/purchase/one/paid?id=" + UUID.randomUUID())).endsWith(" new");
        }
        int number = 0;
        for (Via via : Via.values()) {
            for (String path :
                    List.of(
                            "api/work/plain",
                            "api/work/streaming",
                            "api/work/suspended",
                            "api/work/stage",
                            "completing",
                            "dispatching")) {
                app.text(path + "?via=" + via + "&id=" + number++);
            }
        }
        for (String driver : DRIVERS) {
            assertThat(app.text("api/sql/" + driver + "?sql=select%201")).isEqualTo("1");
        }
    }

    private List<String> ownThreads() {
        return watcher.text("api/watch/threads")
                .lines()
                .filter(
                        name ->
                                name.toLowerCase(Locale.ROOT)
                                        .matches("(cabstand|agroal|mysql|mariadb|postgresql).*"))
                .toList();
    }

    private List<String> drivers() {
        return watcher.text("api/watch/drivers/redeployed").lines().toList();
    }

    private long reachable(String war) {
        return Long.parseLong(watcher.text("api/watch/loaders/" + war + "/reachable"));
    }
}
