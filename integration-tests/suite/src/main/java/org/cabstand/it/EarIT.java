package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.it.app.TenantCustomizer;
import org.cabstand.it.app.TenantResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that an EAR with the jar and the configuration in its {@code lib} has pools that ask the beans of
 * its WARs: tenants must not be passed over without a word.
 */
@ArquillianTest
class EarIT {

    private static final Database DATABASE = Database.create("ear");

    private final WarClient app = WarClient.of("inear");

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestWar.named("inear")
                .with(TenantResource.class, TenantCustomizer.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "2")
                .buildEar();
    }

    @Test
    void aCustomizerOfAWarIsCalled() {
        assertThat(app.text("api/tenant")).isEqualTo("customized customized");
    }
}
