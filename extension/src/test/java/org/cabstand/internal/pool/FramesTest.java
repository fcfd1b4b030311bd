package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks of servers, drivers and libraries, with the application's frames among them. */
class FramesTest {

    private static StackTraceElement[] stack(String... frames) {
        return Arrays.stream(frames)
                .map(
                        frame -> {
                            int dot = frame.lastIndexOf('.');
                            return new StackTraceElement(
                                    frame.substring(0, dot),
                                    frame.substring(dot + 1),
                                    "Some.java",
                                    7);
                        })
                .toArray(StackTraceElement[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Orders",
                "com.acme.Orders$Inner",
                "io.acme.javax.Thing",
                "Orders",
                "com.h2.Shop",
                "org.hibernated.Bear",
                "net.shop.$Money"
            })
    void isTheApplications(String name) {
        assertThat(Frames.ofApplication(stack(name + ".run"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.SocketInputStream",
                "sun.nio.ch.NioSocketImpl",
                "jdk.internal.reflect.NativeMethodAccessorImpl",
                "org.postgresql.core.v3.QueryExecutorImpl",
                "com.mysql.cj.jdbc.StatementImpl",
                "org.mariadb.jdbc.client.impl.StandardClient",
                "org.sqlite.core.NativeDB",
                "org.h2.jdbc.JdbcStatement",
                "org.hsqldb.jdbc.JDBCStatement",
                "org.apache.derby.impl.jdbc.EmbedStatement",
                "oracle.jdbc.driver.OracleStatement",
                "com.microsoft.sqlserver.jdbc.SQLServerStatement",
                "com.ibm.db2.jcc.am.Statement",
                "io.agroal.pool.ConnectionPool",
                "org.cabstand.internal.pool.ConnectionPool",
                "org.cabstand.internal.Connection$1$Proxy$_$$_WeldClientProxy",
                "com.acme.Orders$Proxy$_$$_WeldSubclass",
                "com.acme.Orders$$OwbNormalScopeProxy0",
                "com.acme.Orders$$SpringCGLIB$$0",
                "com.acme.Orders$HibernateProxy$x1",
                "com.acme.OrdersLocal$$$view3",
                "com.acme.Orders$$Lambda$14/0x00007eff18000a08",
                "org.jboss.weld.contexts.AbstractContext",
                "org.jboss.resteasy.core.MethodInjectorImpl",
                "org.glassfish.jersey.server.ServerRuntime",
                "com.arjuna.ats.jta.cdi.transactional.TransactionalInterceptorBase",
                "io.undertow.servlet.handlers.ServletHandler",
                "org.apache.catalina.core.StandardWrapper",
                "com.ibm.ws.webcontainer.servlet.ServletWrapper",
                "org.hibernate.internal.SessionImpl",
                "org.eclipse.persistence.internal.sessions.AbstractSession",
                "org.jooq.impl.AbstractQuery",
                "org.jdbi.v3.core.Jdbi",
                "org.apache.ibatis.session.defaults.DefaultSqlSession",
                "org.springframework.jdbc.core.JdbcTemplate",
                "org.flywaydb.core.Flyway"
            })
    void isNotTheApplications(String name) {
        assertThat(Frames.ofApplication(stack(name + ".run"))).isEmpty();
    }

    @Test
    void theInnermostFrameOfTheApplicationIsShownFirst() {
        assertThat(
                        Frames.shown(
                                Frames.ofApplication(
                                        stack(
                                                "java.net.SocketInputStream.read",
                                                "org.postgresql.jdbc.PgStatement.execute",
                                                "org.jooq.impl.AbstractQuery.execute",
                                                "com.acme.Orders.list",
                                                "com.acme.Orders$Proxy$_$$_WeldSubclass.list",
                                                "com.acme.Shop.get",
                                                "io.undertow.Handlers.handle",
                                                "com.acme.Filter.doFilter")),
                                2))
                .isEqualTo("com.acme.Orders.list(Some.java:7) < com.acme.Shop.get(Some.java:7)");
    }

    private static final String PARK = "jdk.internal.misc.Unsafe.park";

    /** As threads of these servers' pools look while they have nothing to do. */
    private static Stream<StackTraceElement[]> idle() {
        return Stream.of(
                stack(
                        PARK,
                        "java.util.concurrent.LinkedBlockingQueue.take",
                        "java.util.concurrent.ThreadPoolExecutor.getTask",
                        "java.lang.Thread.run"),
                stack(
                        PARK,
                        "java.util.concurrent.locks.LockSupport.park",
                        "org.jboss.threads.EnhancedQueueExecutor$PoolThreadNode.park",
                        "org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run",
                        "java.lang.Thread.run",
                        "org.jboss.threads.JBossThread.run"),
                stack(
                        PARK,
                        "java.util.concurrent.LinkedTransferQueue.poll",
                        "org.glassfish.grizzly.threadpool.SyncThreadPool$SyncThreadWorker.getTask",
                        "org.glassfish.grizzly.threadpool.AbstractThreadPool$Worker.run",
                        "java.lang.Thread.run"),
                stack(
                        PARK,
                        "com.ibm.ws.threading.internal.BoundedBuffer.waitGet_",
                        "com.ibm.ws.threading.internal.BoundedBuffer.take",
                        "java.util.concurrent.ThreadPoolExecutor.getTask",
                        "java.lang.Thread.run"),
                stack(
                        PARK,
                        "org.eclipse.jetty.util.BlockingArrayQueue.poll",
                        "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.idleJobPoll",
                        "java.lang.Thread.run"),
                stack(
                        "sun.nio.ch.EPoll.wait",
                        "org.eclipse.jetty.io.ManagedSelector$SelectorProducer.select",
                        "org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy.produceTask",
                        "java.lang.Thread.run"),
                stack(
                        "java.lang.Object.wait",
                        "com.ibm.ws.threading.internal.BoundedBuffer.waitGet_",
                        "java.lang.Thread.run"),
                stack(
                        PARK,
                        "java.util.concurrent.LinkedBlockingQueue.poll",
                        "java.util.concurrent.ThreadPoolExecutor.getTask",
                        "java.lang.Thread.run",
                        "org.glassfish.concurro.ManagedThreadFactoryImpl$ManagedThread.run"),
                stack(
                        "sun.nio.ch.EPoll.wait",
                        "sun.nio.ch.SelectorImpl.select",
                        "org.xnio.nio.WorkerThread.run"));
    }

    @Test
    void whoWaitsInAPoolIsIdle() {
        assertThat(idle()).allMatch(Frames::isIdle);
    }

    @Test
    void whoRunsOrWaitsSomewhereElseIsNotIdle() {
        assertThat(
                        Stream.of(
                                stack(),
                                stack(
                                        "sun.nio.ch.SocketDispatcher.read0",
                                        "java.net.SocketInputStream.read",
                                        "java.lang.Thread.run"),
                                stack(
                                        PARK,
                                        "io.undertow.io.AsyncSenderImpl.send",
                                        "java.util.concurrent.ThreadPoolExecutor.runWorker"),
                                stack(PARK, "com.acme.Orders.list", "java.lang.Thread.run")))
                .noneMatch(Frames::isIdle);
    }

    @Test
    void workIsTheSameWhileItsMethodRuns() {
        List<StackTraceElement> then = at("Dao.open:3", "Orders.list:10", "Filter.filter:5");
        assertThat(
                        List.of(
                                at("Dao.read:9", "Orders.list:12", "Filter.filter:5"),
                                at("Orders.list:14", "Filter.filter:5"),
                                at(
                                        "Orders.lambda:11",
                                        "Dao.open:3",
                                        "Orders.list:10",
                                        "Filter.filter:5"),
                                at("Dao.open:4", "Orders.list:10", "Filter.filter:5")))
                .allMatch(now -> Frames.isSameWork(then, now));
        assertThat(
                        List.of(
                                at("Invoices.list:12", "Filter.filter:5"),
                                at("Mail.send:10"),
                                at("Dao.read:9", "Invoices.list:12", "Filter.filter:5")))
                .noneMatch(now -> Frames.isSameWork(then, now));
    }

    private static List<StackTraceElement> at(String... frames) {
        return Arrays.stream(frames)
                .map(frame -> frame.split("[.:]"))
                .map(
                        part ->
                                new StackTraceElement(
                                        part[0], part[1], part[0], Integer.parseInt(part[2])))
                .toList();
    }
}
