package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.cabstand.it.app.Colleague;
import org.cabstand.it.app.InjectionResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guards the beans of a pool: which injection leads to which database, that a request has one connection
 * for all its beans, and that it has none before it needs one.
 */
@Tag("core")
@ArquillianTest
class InjectionIT {

    private static final Database DATABASE =
            Database.create("injection").execute("create table work (id text)");

    private final WarClient app = WarClient.of("injection");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("injection")
                .withH2()
                .with(InjectionResource.class, Colleague.class)
                .config("cabstand.default-pool", "orders")
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("audit", "url", "jdbc:h2:mem:audit")
                .build();
    }

    @Test
    void connectionWithoutQualifierIsTheDefaultPools() {
        assertThat(app.text("api/injection/connection")).isEqualTo("PostgreSQL");
    }

    @Test
    void connectionWithQualifierIsThatPools() {
        assertThat(app.text("api/injection/connection/audit")).isEqualTo("H2");
    }

    @Test
    void dataSourceWithoutQualifierIsTheDefaultPool() {
        assertThat(app.text("api/injection/data-source")).isEqualTo("PostgreSQL");
    }

    @Test
    void dataSourceWithQualifierIsThatPool() {
        assertThat(app.text("api/injection/data-source/audit")).isEqualTo("H2");
    }

    @Test
    void dataSourceIsFoundByTheNameOfItsPool() {
        assertThat(app.text("api/injection/look-up/orders")).isEqualTo("PostgreSQL");
        assertThat(app.text("api/injection/look-up/audit")).isEqualTo("H2");
    }

    @Test
    void connectionIsFoundByTheNameOfItsPool() {
        assertThat(app.text("api/injection/look-up-connection/orders")).isEqualTo("PostgreSQL");
        assertThat(app.text("api/injection/look-up-connection/audit")).isEqualTo("H2");
    }

    @Test
    void beansOfOneRequestShareItsConnection() {
        String[] answer = app.text("api/injection/shared").split(" ");

        assertThat(answer[1]).as("the colleague's transaction").isEqualTo(answer[0]);
        assertThat(answer[2]).as("rows that the colleague sees").isEqualTo("1");
    }

    @Test
    void requestWithoutSqlBorrowsNothing() {
        await().untilAsserted(() -> assertThat(app.pool("orders").active()).isZero());
        PoolState before = app.pool("orders");

        assertThat(app.text("api/injection/unused")).isEqualTo("closed=false colleague");
        assertThat(app.pool("orders").acquired()).isEqualTo(before.acquired());

        app.text("api/injection/connection");
        assertThat(app.pool("orders").acquired()).isEqualTo(before.acquired() + 1);
    }
}
