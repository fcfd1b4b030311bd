package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a request on Tomcat and TomEE, where a filter sees what the container does not tell. */
class RequestOnTomcatTest {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    /** Beans with many names, so that some are destroyed before the connection and some after. */
    abstract static class LastWords {
        @Inject Connection connection;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void sayGoodbye() {
            try {
                SEEN.add(Sql.one(connection, "select 'goodbye'"));
            } catch (SQLException e) {
                SEEN.add(e.getMessage());
            }
        }
    }

    @RequestScoped
    static class Adam extends LastWords {}

    @RequestScoped
    static class Zoe extends LastWords {}

    @RequestScoped
    static class Mike extends LastWords {}

    @RequestScoped
    static class Quentin extends LastWords {}

    /** On TomEE, whose threads leave a request without a word, and destroy its beans at its completion. */
    @Test
    void aPreDestroyMayUseTheConnectionOfARequestThatAThreadHasLeft() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("left", "max-size", "1"),
                        Adam.class,
                        Zoe.class,
                        Mike.class,
                        Quentin.class)) {
            Filter filter = filterOnTomcat(app);
            for (int i = 0; i < 5; i++) {
                app.request(
                        () -> {
                            filter.doFilter(
                                    request(true),
                                    null,
                                    (request, response) -> {
                                        SEEN.add(selectOne(app));
                                        app.get(Adam.class).touch();
                                        app.get(Zoe.class).touch();
                                        app.get(Mike.class).touch();
                                        app.get(Quentin.class).touch();
                                    });
                            assertThat(app.state().active()).isZero();
                            assertThat(app.connection().isClosed()).isTrue();
                        });
                assertThat(app.state().active()).as("after request " + i).isZero();
            }
            assertThat(SEEN).filteredOn("1"::equals).hasSize(5);
            assertThat(SEEN).filteredOn("goodbye"::equals).hasSize(20);
            assertThat(SEEN).hasSize(25);
        }
    }

    /** On TomEE, too, where it would stay with the thread. */
    @Test
    void aTransactionThatARequestLeavesOpenIsRolledBack() throws Exception {
        try (var app =
                TestApplication.startWithJta(TestApplication.h2("abandoned", "max-size", "1"))) {
            Filter filter = filterOnTomcat(app);
            TransactionManager manager = app.get(TransactionManager.class);
            app.request(() -> Sql.run(app.connection(), "create table work (id int)"));
            app.request(
                    () -> {
                        manager.begin();
                        Sql.run(app.connection(), "insert into work values (1)");

                        filter.doFilter(request(false), null, (request, response) -> {});

                        assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
                        assertThat(app.state().active()).isZero();
                        assertThat(Sql.one(app.connection(), "select count(*) from work"))
                                .isEqualTo("0");
                    });
            assertThat(app.state().active()).isZero();
        }
    }

    /** Such a transaction is none of ours. */
    @Test
    void aTransactionWithoutAPoolIsLeftAlone() throws Exception {
        try (var app = TestApplication.startWithJta(TestApplication.h2("leftalone"))) {
            Filter filter = filterOnTomcat(app);
            TransactionManager manager = app.get(TransactionManager.class);
            manager.begin();
            try (Connection connection = app.dataSource().getConnection()) {
                Sql.run(connection, "select 1"); // finds the transaction manager
            }
            manager.commit();

            manager.begin();
            filter.doFilter(request(false), null, (request, response) -> {});

            assertThat(manager.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
            manager.rollback();
        }
    }

    private static String selectOne(TestApplication app) {
        try {
            return Sql.one(app.connection(), "select 1");
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    @Test
    void aServerThatTellsTwiceThatItHasStartedGetsOneFilter() {
        try (var app = TestApplication.start(TestApplication.h2("twice"));
                var log = new CapturedLog()) {
            List<Filter> added = new ArrayList<>();
            ServletContext tomcat = tomcat(added);

            tellOfStart(app, tomcat);
            tellOfStart(app, tomcat);

            assertThat(added).hasSize(1);
            assertThat(log.warnings()).isEmpty();
        }
    }

    /** What the extension puts around an application on Tomcat. */
    private static Filter filterOnTomcat(TestApplication app) {
        List<Filter> added = new ArrayList<>();
        tellOfStart(app, tomcat(added));
        return added.get(0);
    }

    private static void tellOfStart(TestApplication app, ServletContext server) {
        app.get(BeanManager.class).getEvent().select(Initialized.Literal.APPLICATION).fire(server);
    }

    /** Accepts one filter, and no more when that is there: then it has started. */
    static ServletContext tomcat(List<Filter> added) {
        FilterRegistration.Dynamic registration =
                servlet(
                        FilterRegistration.Dynamic.class,
                        Map.of(
                                "setAsyncSupported",
                                args -> null,
                                "addMappingForUrlPatterns",
                                args -> null));
        return servlet(
                ServletContext.class,
                Map.of(
                        "getServerInfo",
                        args -> "Apache Tomcat (TomEE)",
                        "getFilterRegistration",
                        args -> added.isEmpty() ? null : registration,
                        "addFilter",
                        args -> {
                            if (!added.isEmpty()) {
                                throw new IllegalStateException("it has been initialised");
                            }
                            added.add((Filter) args[1]);
                            return registration;
                        }));
    }

    private static ServletRequest request(boolean isAsync) {
        return servlet(
                ServletRequest.class,
                Map.of(
                        "isAsyncStarted",
                        args -> isAsync,
                        "getDispatcherType",
                        args -> DispatcherType.REQUEST,
                        "setAttribute",
                        args -> null));
    }

    private static <T> T servlet(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, args) -> methods.get(method.getName()).apply(args)));
    }
}
