package org.cabstand.it;

import org.cabstand.it.app.EjbCalls;
import org.cabstand.it.app.EjbCallsResource;
import org.cabstand.it.app.Via;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards that connections return, and soon, after asynchronous methods and timers of EJBs. */
@ArquillianTest
class EjbCallersIT {

    private static final Callers CALLERS = new Callers("ejbcallers");

    @Deployment(testable = false)
    static WebArchive war() {
        return CALLERS.war().with(EjbCalls.class, EjbCallsResource.class).build();
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsAfterAnAsynchronousMethod(Via via) {
        CALLERS.assertEachReturnsSoon("api/ejb-calls/asynchronous", via);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsAfterATimer(Via via) {
        if (Server.can("ejb.timer-outside-transaction")) {
            CALLERS.assertEachReturnsSoon("api/ejb-calls/timer", via);
        } else {
            CALLERS.assertEachIsCommittedAndReturnsSoon("api/ejb-calls/timer", via);
        }
    }
}
