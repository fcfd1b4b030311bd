package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.cabstand.it.app.PackagedResource;
import org.cabstand.it.app.TenantCustomizer;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guards the ways to package an EAR: no WAR gets another one's pool, the customizers of each are called, and
 * what a server cannot do it refuses with one fault that says what to move where.
 */
@Tag("core")
@ArquillianTest
class EarIT {

    private static final Database FIRST = Database.create("ear_first");
    private static final Database SECOND = Database.create("ear_second");

    @ArquillianResource private Deployer deployer;

    private String deployed;

    @Deployment(name = "lib", managed = false, testable = false)
    static EnterpriseArchive jarAndConfigurationInLib() {
        return TestEar.withLib("lib", war("first", FIRST), war("second", FIRST));
    }

    @Deployment(name = "wars", managed = false, testable = false)
    static EnterpriseArchive jarAndConfigurationInEachWar() {
        return TestEar.ofWars("wars", war("first", FIRST), war("second", SECOND));
    }

    @Deployment(name = "mixed", managed = false, testable = false)
    static EnterpriseArchive jarInEachWarAndConfigurationInLib() {
        return TestEar.withConfiguration("mixed", war("first", FIRST), war("second", FIRST));
    }

    private static TestWar war(String name, Database database) {
        return TestWar.named(name)
                .with(PackagedResource.class, TenantCustomizer.class)
                .pool("orders", "url", database.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("also-in-" + name, "url", database.url())
                .pool("also-in-" + name, "username", "postgres");
    }

    @AfterEach
    void undeploy() {
        if (deployed != null) {
            deployer.undeploy(deployed);
        }
    }

    private void deploy(String ear) {
        deployer.deploy(ear);
        deployed = ear;
    }

    @Test
    void withJarAndConfigurationInItsLibHasOneSetOfPools() throws IOException {
        deploy("lib");

        assertWorks("first", FIRST);
        assertWorks("second", FIRST);
        assertThat(FIRST.sessions())
                .as("sessions of a pool of one")
                .isEqualTo(Server.can("ear-lib.one-set-of-pools") ? 1 : 2);
        assertReady("lib", "orders");
        assertShownOnce("orders");
        assertShownByJmx("lib", Server.can("ear-lib.one-set-of-pools") ? 1 : 2);
    }

    @Test
    void withJarAndConfigurationInEachWarHasPoolsOfEach() throws IOException {
        if (!Server.can("ear-wars")) {
            assertRefused("wars");
            return;
        }
        deploy("wars");

        assertWorks("first", FIRST);
        assertWorks("second", SECOND);
        assertWorks("first", FIRST);
        assertThat(FIRST.sessions()).isOne();
        assertThat(SECOND.sessions()).isOne();
        assertShownByJmx("wars", 2);
        assertReady("wars", "also-in-first");
        assertReady("wars", "also-in-second");
    }

    @Test
    void withAJarInEachWarAndOneConfigurationHasPoolsOfEach() throws IOException {
        if (!Server.can("ear-mixed")) {
            assertRefused("mixed");
            return;
        }
        deploy("mixed");

        assertWorks("first", FIRST);
        assertWorks("second", FIRST);
        assertThat(FIRST.sessions()).isEqualTo(2);
        assertReady("mixed", "orders");
        assertShownByJmx("mixed", 2);
    }

    /** With the code that the server's module names, and no other fault beside it. */
    private void assertRefused(String ear) {
        assertThatThrownBy(() -> deployer.deploy(ear))
                .satisfies(
                        e ->
                                assertThat(all(e))
                                        .contains(Server.codeOf("ear-" + ear))
                                        .doesNotContain("CAB0001"));
    }

    private static void assertWorks(String war, Database database) {
        String shown = database.name() + " customized";
        assertThat(WarClient.of(war).text("api/packaged")).isEqualTo(shown + " " + shown);
    }

    private static void assertShownOnce(String pool) {
        if (!Server.can("health")) {
            return;
        }
        boolean once = Server.can("ear-lib.one-set-of-pools") && Server.can("ear-lib.one-check");
        assertThat(Readiness.ask("first").checks())
                .filteredOn(check -> check.name().equals(pool))
                .hasSize(once ? 1 : 2);
    }

    /** Not every server shows the checks of an EAR: then none may be shown, or this is to be told anew. */
    private static void assertReady(String ear, String pool) {
        if (!Server.can("health")) {
            return;
        }
        await().untilAsserted(
                        () ->
                                assertThat(Readiness.ask("first").of(pool).isPresent())
                                        .isEqualTo(Server.can("ear-" + ear + ".readiness")));
    }

    /** Each pool under a name of its own: the second one of a name has its WAR's in it, which Payara does not tell. */
    private static void assertShownByJmx(String ear, int poolsOfOneName) throws IOException {
        String plain = JmxClient.pool(ear, "orders").getCanonicalName();
        try (JmxClient client = JmxClient.ofServerOf(ear)) {
            List<String> names =
                    client.pools(ear).stream()
                            .filter(name -> name.contains("name=orders"))
                            .toList();
            assertThat(names).hasSize(poolsOfOneName).contains(plain);
            assertThat(names)
                    .filteredOn(name -> !name.equals(plain))
                    .allMatch(name -> name.matches(".*,(module=(first|second)|instance=2),.*"));
        }
    }

    private static String all(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            messages.append(e.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
