package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.cabstand.it.app.PurchaseRepository;
import org.cabstand.it.app.RepositoryResource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that a repository of Jakarta Data is injected and works over a pool of one connection: as Hibernate's
 * processor writes it, with the server's Hibernate, or with one in the application where the server has none; or
 * as the server implements it, where that works with the pool's EntityManager.
 */
@ArquillianTest
class RepositoryIT {

    private static final Database DATABASE = Database.create("repository");

    @ArquillianResource private Deployer deployer;

    private final WarClient app = WarClient.of("repository");

    @Deployment(name = "repository", managed = false, testable = false)
    static WebArchive war() throws ClassNotFoundException {
        TestWar war =
                TestWar.named("repository")
                        .withEntities()
                        .with(PurchaseRepository.class, RepositoryResource.class);
        if (!Server.can("data-over-pools")) {
            war.withJakartaData().with(Class.forName(PurchaseRepository.class.getName() + "_"));
            if (!Server.can("jpa-hibernate")) {
                war.withHibernate();
            }
        }
        return war.pool("one", "url", DATABASE.url())
                .pool("one", "username", "postgres")
                .pool("one", "max-size", "1")
                .pool("one", "jpa.packages", "org.cabstand.it.app")
                .pool(
                        "one",
                        "jpa.properties.jakarta.persistence.schema-generation.database.action",
                        "create")
                .build();
    }

    private String call(String path) {
        String seen = app.text("api/repository/" + path + "?id=" + UUID.randomUUID());
        await().untilAsserted(() -> assertThat(app.pool("one").active()).isZero());
        return seen;
    }

    @Test
    void repositoryWorksOverThePool() {
        if (!Server.can("data")) {
            assertThatThrownBy(() -> deployer.deploy("repository")).isNotNull();
            return;
        }
        deployer.deploy("repository");
        try {
            assertThat(call("added"))
                    .as("repository and SQL in one transaction, on one connection")
                    .isEqualTo("false 1 true true");
            assertThat(call("rolled-back")).as("both").isEqualTo("on purpose false");
            // a server's own implementation begins a transaction for each call
            assertThat(call("outside"))
                    .as("an insert outside of a transaction")
                    .isEqualTo(Server.can("data-over-pools") ? "inserted" : "CAB0190 false");
        } finally {
            deployer.undeploy("repository");
        }
    }
}
