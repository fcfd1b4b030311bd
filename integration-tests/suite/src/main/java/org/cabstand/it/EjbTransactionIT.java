package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.cabstand.it.app.EjbResource;
import org.cabstand.it.app.EjbTransactions;
import org.cabstand.it.app.Transactions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Guards that connections take part in the transactions that the EJB container begins and ends. */
@ArquillianTest
class EjbTransactionIT {

    private static final Database DATABASE =
            Database.create("ejbs").execute("create table work (id text)");

    private final WarClient app = WarClient.of("ejbs");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("ejbs")
                .with(EjbResource.class, EjbTransactions.class)
                .with(Transactions.class, Transactions.Step.class)
                .pool("three", "url", DATABASE.url())
                .pool("three", "username", "postgres")
                .pool("three", "max-size", "3")
                .build();
    }

    @Test
    void enterpriseBeansTransactionsAreFollowed() {
        String id = UUID.randomUUID().toString();

        assertThat(app.text("api/ejb?id=" + id)).isEqualTo("EJBException");

        assertThat(DATABASE.committedWith(id)).containsExactly("-after", "-committed", "-new");
        await().untilAsserted(() -> assertThat(app.pool("three").active()).isZero());
    }
}
