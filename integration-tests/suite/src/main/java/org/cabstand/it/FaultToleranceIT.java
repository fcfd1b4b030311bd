package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cabstand.it.app.FaultTolerantCalls;
import org.cabstand.it.app.FaultTolerantCallsResource;
import org.cabstand.it.app.Via;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards that connections return after asynchronous methods of MicroProfile Fault Tolerance. */
@ArquillianTest
class FaultToleranceIT {

    private static final String PATH = "api/fault-tolerant-calls";

    /** Twice the time between two looks, and some to spare. */
    private static final Duration FOUND_FORGOTTEN = Duration.ofSeconds(15);

    private static final Callers CALLERS = new Callers("tolerant");

    @Deployment(testable = false)
    static WebArchive war() {
        return CALLERS.war()
                .with(FaultTolerantCalls.class, FaultTolerantCallsResource.class)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturns(Via via) {
        if (!Callers.isOfRequest(via) || Server.can("fault-tolerance.ends")) {
            CALLERS.assertEachReturnsSoon(PATH, via);
        } else {
            CALLERS.assertReturns(PATH, via, FOUND_FORGOTTEN);
            CALLERS.assertReturns(PATH, via, FOUND_FORGOTTEN);
        }
    }

    @Test
    void connectionsOfMethodsThatOverlapReturn() throws InterruptedException {
        String id = Callers.id();
        assertThat(CALLERS.app().text(PATH + "/together?id=" + id)).isEqualTo("done, done");
        if (!Server.can("fault-tolerance.ends")) {
            TimeUnit.SECONDS.sleep(2);
            assertThat(CALLERS.active()).as("connections that have not returned").isPositive();
        }
        Duration within = Server.can("fault-tolerance.ends") ? Callers.SOON : FOUND_FORGOTTEN;
        CALLERS.assertBack(Via.CONNECTION, id, within);
        CALLERS.assertBack(Via.MANUAL_CONNECTION, id, within);
    }
}
