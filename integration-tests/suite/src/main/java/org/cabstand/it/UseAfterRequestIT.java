package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.cabstand.it.app.KeptHandles;
import org.cabstand.it.app.KeptResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Guards that what is kept from a request is of no use after it: it would work on a connection that
 * belongs to somebody else by then, or borrow one that nobody gives back.
 */
@ArquillianTest
class UseAfterRequestIT {

    private static final Database DATABASE = Database.create("kept");

    private final WarClient app = WarClient.of("kept");

    private PoolState afterTheRequest;

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("kept")
                .with(KeptHandles.class, KeptResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("orders", "acquisition-timeout", "5s")
                .build();
    }

    @BeforeEach
    void keep() {
        assertThat(app.text("api/kept/keep")).isEqualTo("kept");
        await().untilAsserted(() -> assertThat(app.pool("orders").active()).isZero());
        afterTheRequest = app.pool("orders");
    }

    @Test
    void threadWithoutRequestIsToldSo() {
        assertThat(app.text("api/kept/proxy")).startsWith("ContextNotActiveException");
        assertNothingBorrowed();
    }

    @Test
    void statementOfAnEndedRequestFails() {
        assertThat(app.text("api/kept/statement")).startsWith("SQLException");
        assertNothingBorrowed();
    }

    @Test
    void connectionOfAnEndedRequestFailsAndSaysThatItIsClosed() {
        assertThat(app.text("api/kept/handle")).startsWith("SQLException");
        assertThat(app.text("api/kept/handle-closed")).isEqualTo("worked: true");
        assertNothingBorrowed();
    }

    private void assertNothingBorrowed() {
        assertThat(app.pool("orders")).isEqualTo(afterTheRequest);
    }
}
