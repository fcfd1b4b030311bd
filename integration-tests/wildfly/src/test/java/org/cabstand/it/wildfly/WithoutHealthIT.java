package org.cabstand.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.it.Database;
import org.cabstand.it.TestWar;
import org.cabstand.it.WarClient;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that MicroProfile Health is optional: without its API the application is deployed and has its
 * connections all the same.
 */
@ArquillianTest
class WithoutHealthIT {

    private static final Database DATABASE = Database.create("without_health");

    private final WarClient app = WarClient.of("without-health");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("without-health")
                .with(WithoutHealthResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .build();
    }

    @Test
    void applicationHasItsConnectionsWithoutTheHealthApi() {
        assertThat(app.text("api/without-health/api-is-there")).isEqualTo("false");
        assertThat(app.text("api/without-health/database")).isEqualTo(DATABASE.name());
        assertThat(app.pool("orders").acquired()).isOne();
    }
}
