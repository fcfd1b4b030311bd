package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards that each server's own JPA provider works over an injected {@code DataSource}: an entity manager
 * for each request, whose work is committed or rolled back, and whose connection comes back with it.
 *
 * <p>The pool has one connection: one that an entity manager keeps fails the next request.
 */
@ArquillianTest
class JpaIT {

    private static final Database DATABASE =
            Database.create("jpa").execute("create table work (id text primary key)");

    private final WarClient app = WarClient.of("jpa");

    private final String id = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("jpa")
                .withJpa()
                .pool("orm", "url", DATABASE.url())
                .pool("orm", "username", "postgres")
                .pool("orm", "max-size", "1")
                .pool("orm", "acquisition-timeout", "5s")
                .build();
    }

    @Test
    void whatIsCommittedIsFoundByTheNextRequest() {
        PoolState before = app.pool("orm");
        assertThat(app.text("api/jpa/" + id)).isEqualTo("nothing");
        assertBack(before);

        assertThat(app.text("api/jpa/" + id + "/committed")).isEqualTo("done");

        assertBack(before);
        assertThat(DATABASE.committed(id)).isOne();
        assertThat(app.text("api/jpa/" + id)).isEqualTo("found");
        assertBack(before);
    }

    @ParameterizedTest
    @CsvSource({"unfinished, 200", "throwing, 500"})
    void whatIsNotCommittedIsRolledBack(String path, int status) {
        PoolState before = app.pool("orm");

        assertThat(app.get("api/jpa/" + id + "/" + path).statusCode()).isEqualTo(status);

        assertBack(before);
        assertThat(DATABASE.committed(id)).isZero();
        assertThat(app.text("api/jpa/" + id)).isEqualTo("nothing");
        assertBack(before);
    }

    private void assertBack(PoolState before) {
        await().untilAsserted(
                        () -> {
                            assertThat(app.pool("orm").active()).isZero();
                            assertThat(DATABASE.openTransactions()).isZero();
                        });
        assertThat(app.pool("orm").acquired()).isGreaterThan(before.acquired());
        assertThat(DATABASE.sessions()).isOne();
    }
}
