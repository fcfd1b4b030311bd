package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cabstand.it.app.EndObservers;
import org.cabstand.it.app.Ending;
import org.cabstand.it.app.EndingResource;
import org.cabstand.it.app.LaterResource;
import org.cabstand.it.app.StageFilter;
import org.cabstand.it.app.StageProviders;
import org.cabstand.it.app.StageResource;
import org.cabstand.it.app.StageServlet;
import org.cabstand.it.app.Stages;
import org.cabstand.it.app.SuspendingTransactions;
import org.cabstand.it.app.Transactions;
import org.cabstand.it.app.Via;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards that a pool of one connection is enough for everything that works around a resource: filters, listeners,
 * providers, observers of a transaction's end, and threads of the server.
 */
@ArquillianTest
class AroundRequestsIT {

    private static final List<String> REQUESTS =
            List.of(
                    "api/stages/found?name=x",
                    "api/stages/mapped",
                    "api/stages/streamed",
                    "api/stages/part",
                    "api/stages/session",
                    "stage/forward",
                    "stage/include",
                    "stage/fail");

    private static final StringAsset ERROR_PAGE =
            new StringAsset(
                    """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <error-page>
                <error-code>418</error-code>
                <location>/stage/error</location>
              </error-page>
            </web-app>
            """);

    private static final int OK = 200;

    /** Has an error page. */
    private static final int FAILED = 418;

    /** Stages that every request has: those of the servlet container. */
    private static final int STAGES_OF_SERVLETS = 3;

    /** How the transaction ended, and two attempts of two observers for each of two events. */
    private static final int ANSWERS = 9;

    private static final Callers CALLERS = new Callers("around");

    private final WarClient app = CALLERS.app();

    private final String id = Callers.id();

    @Deployment(testable = false)
    static WebArchive war() {
        return CALLERS.war()
                .with(Ending.class, EndObservers.class, EndingResource.class)
                .with(Transactions.class, Transactions.Step.class, SuspendingTransactions.class)
                .with(Stages.class, StageFilter.class, StageFilter.Listener.class)
                .with(StageResource.class, StageResource.Part.class, StageServlet.class)
                .with(StageProviders.CLASSES)
                .with(LaterResource.class, LaterResource.Colleague.class)
                .build()
                .setWebXML(ERROR_PAGE);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsPartOfARequestHasItsConnection(Via via) {
        for (String request : REQUESTS) {
            assertThat(app.text("api/stages/begin?via=" + via + "&id=" + id)).isEqualTo("done");
            assertThat(app.get(request).statusCode()).as(request).isIn(OK, FAILED);
            assertThat(app.text("api/stages/end").lines())
                    .as(request)
                    .hasSizeGreaterThan(STAGES_OF_SERVLETS)
                    .allSatisfy(outcome -> assertThat(outcome).endsWith(" done"));
        }
        CALLERS.assertBack(via, id);
    }

    @ParameterizedTest
    @EnumSource
    void threadsOfTheServerHaveNoRequestButTheDataSource(Via via) {
        for (String who :
                List.of("executor", "completion", "scheduler", "context", "asynchronous")) {
            assertThat(app.text("api/later/" + who + "?via=" + via + "&id=" + id))
                    .as(who)
                    .isEqualTo(Callers.isOfRequest(via) ? "ContextNotActiveException" : "done");
        }
        CALLERS.assertBack(via, id);
    }

    private List<String> end(Via via, boolean fails) {
        return app.text("api/ending?via=" + via + "&id=" + id + "&fails=" + fails).lines().toList();
    }

    @ParameterizedTest
    @EnumSource
    void observersOfACommitWriteIntoItBeforeAndBesideItAfterwards(Via via) {
        assertThat(end(via, false)).hasSize(ANSWERS).first().isEqualTo("done");

        assertThat(CALLERS.committedWith(id))
                .containsExactly(
                        "-early-before",
                        "-early-completion-new",
                        "-early-success-new",
                        "-late-before",
                        "-late-completion-new",
                        "-late-success-new",
                        "-own");
        CALLERS.assertBack(via, id);
    }

    @ParameterizedTest
    @EnumSource
    void observersOfARollbackWriteBesideIt(Via via) {
        assertThat(end(via, true)).hasSize(ANSWERS).first().isEqualTo("IllegalStateException");

        assertThat(CALLERS.committedWith(id))
                .containsExactly(
                        "-early-completion-new",
                        "-early-failure-new",
                        "-late-completion-new",
                        "-late-failure-new");
        CALLERS.assertBack(via, id);
    }
}
