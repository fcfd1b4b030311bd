package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** On TomEE a filter has to be added before the event that the application has started. */
class SurroundedApplicationTest {

    private static final List<Filter> ADDED = new CopyOnWriteArrayList<>();

    /** As TomEE has a bean for it while it deploys. */
    @Dependent
    static class Contexts {

        @Produces
        ServletContext context() {
            return RequestOnTomcatTest.tomcat(ADDED);
        }
    }

    @Test
    void filterIsThereBeforeTheApplicationHasStarted() {
        try (var app = TestApplication.start(TestApplication.h2("surrounded"), Contexts.class)) {
            assertThat(ADDED).hasSize(1);
            assertThat(app.state().active()).isZero();
        }
    }
}
