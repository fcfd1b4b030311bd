package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that a pool runs a unit of {@code persistence.xml} that lists no classes, and the server leaves it
 * alone; where it does not, the deployment is refused.
 */
@ArquillianTest
class UnitOfFileIT {

    private static final Database DATABASE = Database.create("unitfile");

    private final WarClient app = WarClient.of("unitfile");

    @ArquillianResource private Deployer deployer;

    @Deployment(name = "unitfile", managed = false, testable = false)
    static WebArchive war() {
        return TestWar.named("unitfile")
                .withEntities()
                .withPersistenceXml()
                .pool("one", "jpa.unit", "shop")
                .pool("one", "url", DATABASE.url())
                .pool("one", "username", "postgres")
                .pool("one", "max-size", "1")
                .build();
    }

    @Test
    void unitOfTheFileRunsOverThePool() {
        if (!Server.can("jpa-unit-of-file")) {
            assertThatThrownBy(() -> deployer.deploy("unitfile"))
                    .hasStackTraceContaining(Server.codeOf("jpa-unit-of-file"));
            return;
        }
        deployer.deploy("unitfile");
        try {
            UUID id = UUID.randomUUID();
            assertThat(app.text("api/purchase/one/paid?id=" + id))
                    .isEqualTo("true 1 sql true paid 2 true new");
            assertThat(app.text("api/purchase/one?id=" + id)).isEqualTo("paid 2");
        } finally {
            deployer.undeploy("unitfile");
        }
    }
}
