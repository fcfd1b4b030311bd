package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.it.app.ApiResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards that a server lacks what its module says, and nothing else: the tests that need it are left out there.
 */
@Tag("core")
@ArquillianTest
class ApisIT {

    private static final Database DATABASE = Database.create("apis");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("apis")
                .with(ApiResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "health, org.eclipse.microprofile.health.HealthCheck",
        "telemetry, io.opentelemetry.api.OpenTelemetry",
        "jta, jakarta.transaction.TransactionManager",
        "jpa, jakarta.persistence.EntityManager"
    })
    void isThereUnlessTheServersModuleSaysNot(String what, String api) {
        assertThat(WarClient.of("apis").text("api/api-of-server/" + api))
                .isEqualTo(Boolean.toString(Server.can(what)));
    }
}
