package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import javax.sql.DataSource;
import org.cabstand.OwnDefaultBeansTest.DecoratingTheDefault;
import org.junit.jupiter.api.Test;

/**
 * What mentions a pool, and needs none: nothing that is disabled or specialized, no event, no other
 * qualifier.
 */
class PoolNotNeededTest extends OwnBeansFixture {

    @Alternative
    @ApplicationScoped
    static class UnselectedAlternative {
        @Inject
        @Pool("nowhere")
        Connection connection;

        @Inject Connection byDefault;

        @Produces
        DataSource source() {
            return own();
        }

        void observe(@Observes String event, @Pool("nowhere") DataSource source) {
            assertThat(source).isNotNull();
        }
    }

    @Vetoed
    static class VetoedUser {
        @Inject
        @Pool("nowhere")
        Connection connection;
    }

    @Decorator
    @Priority(1)
    abstract static class Decorating implements DataSource {
        @Inject @Delegate @Any DataSource delegate;
    }

    @Test
    void whatIsNotEnabledNeedsNothing() {
        assertThat(
                        faultOf(
                                pools("a", "b"),
                                UnselectedAlternative.class,
                                VetoedUser.class,
                                Decorating.class,
                                DecoratingTheDefault.class))
                .isEqualTo("none");
    }

    @ApplicationScoped
    static class General {
        General() {
            // for the proxy
        }

        @Inject
        General(@Pool("nowhere") DataSource source) {
            assertThat(source).isNotNull();
        }

        @Produces
        @Pool("y")
        DataSource source(@Pool("nowhere") DataSource source) {
            return source;
        }
    }

    @Specializes
    @ApplicationScoped
    static class Special extends General {}

    @ApplicationScoped
    static class Maker {
        @Produces
        @Pool("y")
        @ApplicationScoped
        DataSource source(@Any Instance<String> any, @Pool("nowhere") Provider<Connection> raw) {
            return own();
        }
    }

    @ApplicationScoped
    static class SpecialMaker extends Maker {
        @Produces
        @Specializes
        @ApplicationScoped
        @Override
        DataSource source(@Any Instance<String> any, @Any Provider<Connection> raw) {
            return own();
        }
    }

    @Dependent
    static class MadeUser {
        @Inject
        @Pool("y")
        DataSource source;
    }

    @Test
    void whatIsSpecializedNeedsNothing() {
        assertThat(faultOf(pools("a"), General.class)).contains("CAB0012", "'nowhere'");
        assertThat(faultOf(pools("a"), General.class, Special.class)).isEqualTo("none");
        assertThat(faultOf(pools("a"), Maker.class, MadeUser.class))
                .contains("CAB0012", "'nowhere'");
        assertThat(faultOf(pools("a"), Maker.class, SpecialMaker.class, MadeUser.class))
                .isEqualTo("none");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Qualifier
    @interface Audited {}

    @ApplicationScoped
    static class Audit {
        @Produces
        @Audited
        @Pool("nowhere")
        DataSource source() {
            return own();
        }
    }

    @Dependent
    static class AuditedUser {
        @Inject
        @Audited
        @Pool("nowhere")
        DataSource source;

        @Inject
        @Pool("nowhere")
        Event<DataSource> events;

        void observe(@Observes @Pool("nowhere") DataSource event) {
            assertThat(event).isNotNull();
        }
    }

    @Test
    void eventsAndOwnQualifiersNeedNoPool() {
        assertThat(faultOf(pools("a"), Audit.class, AuditedUser.class)).isEqualTo("none");
    }
}
