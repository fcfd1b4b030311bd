package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that a provider in {@code WEB-INF/lib} is used where the server has another one.
 */
@ArquillianTest
class HibernateInWarIT {

    private static final Database DATABASE = Database.create("hibernate");

    private final WarClient app = WarClient.of("hibernate");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("hibernate")
                .withEntities()
                .withHibernate()
                .pool(
                        "one",
                        "jpa.properties.jakarta.persistence.schema-generation.database.action",
                        "create")
                .pool("one", "url", DATABASE.url())
                .pool("one", "username", "postgres")
                .pool("one", "max-size", "1")
                .build();
    }

    @Test
    void entitiesAndSqlShareOneTransactionAndOneConnection() {
        UUID id = UUID.randomUUID();
        assertThat(app.text("api/purchase/one/paid?id=" + id))
                .isEqualTo("true 1 sql true paid 2 true new");
        assertThat(app.text("api/purchase/one?id=" + id)).isEqualTo("paid 2");
    }

    @Test
    void providerIsTheApplicationsOwn() {
        assertThat(app.text("api/purchase/one/provider")).startsWith("org.hibernate.");
    }
}
