package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A JMX client looks at pools, and steers them. */
class JmxTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void nothingIsLeft() throws Exception {
        log.close();
        ApplicationNames.forget();
        assertThat(names()).isEmpty();
    }

    private static Set<String> names() throws Exception {
        return SERVER.queryNames(new ObjectName("org.cabstand:*"), null).stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toSet());
    }

    private static ObjectName pool(String name) throws Exception {
        return new ObjectName("org.cabstand:type=Pool,application=cabstand,name=" + name);
    }

    private static Object get(String attribute) throws Exception {
        return SERVER.getAttribute(pool("test"), attribute);
    }

    private static Object call(String operation) throws Exception {
        return SERVER.invoke(pool("test"), operation, null, null);
    }

    @Test
    void theAttributesAreThePoolsState() throws Exception {
        try (var app =
                TestApplication.start(TestDatabase.H2.pool("password", "", "max-size", "4"))) {
            try (Connection held = app.dataSource().getConnection()) {
                assertThat(held.isClosed()).isFalse();
                assertThat(get("Active")).isEqualTo(1);
                assertThat(get("Idle")).isEqualTo(0);
                assertThat(get("MaxSize")).isEqualTo(4);
                assertThat(get("AcquisitionTimeoutMillis")).isEqualTo(5000L);
                assertThat(get("Borrows")).isEqualTo(1L);
                assertThat((String) get("Database")).startsWith("H2 ");
                assertThat(get("Trouble")).isNull();
                CompositeData[] holders = (CompositeData[]) get("Holders");
                assertThat(holders).hasSize(1);
                assertThat(holders[0].get("thread")).isEqualTo(Thread.currentThread().getName());
                assertThat((String) holders[0].get("frame")).startsWith("org.cabstand.JmxTest.");
                assertThat((Long) holders[0].get("heldMillis")).isBetween(0L, 60_000L);
                TabularData settings = (TabularData) get("Settings");
                assertThat(settings.get(new Object[] {"max-size"}).get("value"))
                        .isEqualTo("4 (test)");
            }
            assertThat(call("readiness")).isEqualTo("UP");
            assertThat(call("evictAll")).isEqualTo(1);
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    ((TabularData) get("Evictions"))
                                                            .get(
                                                                    new Object[] {
                                                                        "evicted by an operator"
                                                                    })
                                                            .get("value"))
                                            .isEqualTo(1L));
        }
    }

    /** Every attribute must be one that a client without our classes can read. */
    @Test
    void allOfItIsOfOpenTypes() throws Exception {
        try (var app = TestApplication.start(TestDatabase.H2.pool())) {
            app.dataSource().getConnection().close();
            for (var attribute : SERVER.getMBeanInfo(pool("test")).getAttributes()) {
                assertThat(attribute.getDescriptor().getFieldValue("openType"))
                        .as(attribute.getName())
                        .isNotNull();
                SERVER.getAttribute(pool("test"), attribute.getName());
            }
        }
    }

    @Test
    void aRemoteClientSteers() throws Exception {
        JMXConnectorServer connectors =
                JMXConnectorServerFactory.newJMXConnectorServer(
                        new JMXServiceURL("service:jmx:rmi://127.0.0.1"), null, SERVER);
        connectors.start();
        try (var app = TestApplication.start(TestDatabase.H2.pool("acquisition-timeout", "50ms"));
                JMXConnector client = JMXConnectorFactory.connect(connectors.getAddress())) {
            var server = client.getMBeanServerConnection();
            server.invoke(pool("test"), "suspend", null, null);
            assertThat(server.getAttribute(pool("test"), "Suspended")).isEqualTo(true);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0123");
            server.invoke(pool("test"), "resume", null, null);
            app.dataSource().getConnection().close();
            server.setAttribute(pool("test"), new Attribute("MaxSize", 3));
            server.setAttribute(pool("test"), new Attribute("MinSize", 2));
            server.setAttribute(pool("test"), new Attribute("AcquisitionTimeoutMillis", 0L));
            await().until(() -> app.state().idle() == 2);
            assertThat(app.state().max()).isEqualTo(3);
            assertThatThrownBy(() -> server.setAttribute(pool("test"), new Attribute("MaxSize", 1)))
                    .isInstanceOf(RuntimeMBeanException.class)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("CAB0016");
            server.invoke(
                    pool("test"),
                    "changeLimits",
                    new Object[] {0, 1, 1000L},
                    new String[] {"int", "int", "long"});
            assertThat(get("MaxSize")).isEqualTo(1);
        } finally {
            connectors.stop();
        }
    }

    @Test
    void aKeySwitchesItOff() throws Exception {
        Map<String, String> settings = new ConcurrentHashMap<>();
        for (String name : new String[] {"a", "b", "c"}) {
            settings.put("cabstand.pool." + name + ".url", "jdbc:h2:mem:" + name);
        }
        settings.put("cabstand.pool.a.jmx", "false");
        settings.put("cabstand.pool.c.active", "false");
        try (var app = TestApplication.start(settings)) {
            assertThat(app.dataSource("a")).isNotNull();
            assertThat(names()).containsExactly(pool("b").getCanonicalName());
        }
    }

    @Test
    void theApplicationsNameIsQuotedWhereItMustBe() throws Exception {
        ApplicationNames.use("a,b=\"c\":*?");
        try (var app = TestApplication.start(TestDatabase.H2.pool())) {
            assertThat(app.state().active()).isZero();
            ObjectName only = new ObjectName(names().iterator().next());
            assertThat(ObjectName.unquote(only.getKeyProperty("application")))
                    .isEqualTo("a,b=\"c\":*?");
        }
    }

    @Test
    void aNameThatIsTakenIsSaidToBe() throws Exception {
        try (var one = TestApplication.start(TestDatabase.H2.pool("max-size", "1"))) {
            try (var other = new AnotherApplication()) {
                assertThat(names())
                        .containsExactlyInAnyOrder(
                                pool("test").getCanonicalName(),
                                pool("test,instance=2").getCanonicalName());
                assertThat(get("MaxSize")).as("the first one keeps its name").isEqualTo(1);
                assertThat(other.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("CAB0255: pool 'test' is shown by JMX as 'org.cabstand:")
                        .contains("set 'cabstand.pool.test.jmx' to false");
            }
            assertThat(names()).containsExactly(pool("test").getCanonicalName());
            assertThat(one.state().max()).isOne();
        }
    }

    /** Config is that of a class loader, so the second application has one of its own. */
    private final class AnotherApplication implements AutoCloseable {

        private final ClassLoader before = Thread.currentThread().getContextClassLoader();
        private final TestApplication app;

        AnotherApplication() {
            Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
            app = TestApplication.start(TestDatabase.H2.pool());
        }

        java.util.List<String> warnings() {
            return log.warnings();
        }

        @Override
        public void close() {
            try {
                app.close();
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    static class Failing implements Extension {
        void fail(@Observes AfterDeploymentValidation event) {
            event.addDeploymentProblem(new IllegalStateException("failing on purpose"));
        }
    }

    /** Nothing of it, as {@link #nothingIsLeft()} sees. */
    @Test
    void anApplicationThatDoesNotStartShowsNothing() {
        Throwable error =
                catchThrowable(
                        () -> TestApplication.startWith(TestDatabase.H2.pool(), new Failing()));
        assertThat(error).hasStackTraceContaining("failing on purpose");
    }
}
