package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.cabstand.it.app.TwinResource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Guards that two applications on one server do not meet: each has its own pools of the same names, with
 * drivers from its own {@code WEB-INF/lib}, and one may go while the other stays.
 *
 * <p>{@code DriverManager} is the trap here: to the second application it does not show the driver that
 * came with it.
 */
@ArquillianTest
class TwoWarsIT {

    private static final Database LEFT = Database.create("twin_left");
    private static final Database RIGHT = Database.create("twin_right");

    private final WarClient left = WarClient.of("left");
    private final WarClient right = WarClient.of("right");

    @ArquillianResource private Deployer deployer;

    @Deployment(name = "left", managed = false, testable = false)
    static WebArchive left() {
        return twin("left", LEFT);
    }

    @Deployment(name = "right", managed = false, testable = false)
    static WebArchive right() {
        return twin("right", RIGHT);
    }

    private static WebArchive twin(String name, Database database) {
        TestWar war =
                TestWar.named(name)
                        .withH2()
                        .with(TwinResource.class)
                        .pool("audit", "url", "jdbc:h2:mem:" + name);
        for (String pool : new String[] {"orders", "late"}) {
            war.pool(pool, "url", database.url()).pool(pool, "username", "postgres");
        }
        return war.build();
    }

    @BeforeEach
    void deploy() {
        deployer.deploy("left");
        deployer.deploy("right");
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy("right");
    }

    @Test
    void eachHasItsOwnPoolsAndOneStaysWhenTheOtherGoes() {
        assertWorks(left, LEFT, "left");
        assertWorks(right, RIGHT, "right");

        deployer.undeploy("left");

        await().untilAsserted(() -> assertThat(LEFT.sessions()).isZero());
        assertWorks(right, RIGHT, "right");
        assertThat(right.text("api/twin/late")).isEqualTo(RIGHT.name());
    }

    private static void assertWorks(WarClient app, Database database, String name) {
        assertThat(app.text("api/twin/orders")).isEqualTo(database.name());
        assertThat(app.text("api/twin/audit")).isEqualTo("jdbc:h2:mem:" + name);
        assertThat(app.text("api/twin/own-driver")).isEqualTo("true");
    }
}
