package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the application's frames in a stack, because frames of the JDK, the server, libraries and drivers do not help
 * to find a fault of the application.
 *
 * <p>A stack contains only names. A class that looks like a server's is nevertheless the application's if the
 * application's class loader has loaded it.
 *
 * <p>Thread safety: stateless.
 */
final class Frames {

    /** Prefixes of classes that are never the application's, whoever has loaded them. */
    private static final TreeSet<String> LIBRARIES =
            new TreeSet<>(
                    Arrays.asList(
                            // the JDK, and APIs
                            "java.",
                            "javax.",
                            "jdk.",
                            "sun.",
                            "com.sun.proxy.",
                            "jakarta.",
                            "kotlin.",
                            "kotlinx.",
                            "scala.",
                            "groovy.lang.",
                            "org.codehaus.groovy.",
                            // ours
                            "org.cabstand.internal.",
                            "org.cabstand.CabstandExtension",
                            "io.agroal.",
                            // drivers
                            "org.postgresql.",
                            "com.mysql.",
                            "org.mariadb.jdbc.",
                            "org.sqlite.",
                            "org.h2.",
                            "org.hsqldb.",
                            "oracle.jdbc.",
                            "oracle.net.",
                            "oracle.ucp.",
                            "com.microsoft.sqlserver.",
                            "com.ibm.db2.",
                            "net.sourceforge.jtds.",
                            "com.yugabyte.",
                            "com.impossibl.postgres.",
                            "org.firebirdsql.",
                            "org.duckdb.",
                            "com.clickhouse.",
                            "com.p6spy.",
                            "net.ttddyy.",
                            // libraries that use a DataSource
                            "org.hibernate.",
                            "org.eclipse.persistence.",
                            "org.jooq.",
                            "org.jdbi.",
                            "org.mybatis.",
                            "org.springframework.",
                            "org.flywaydb.",
                            "liquibase.",
                            "org.datanucleus.",
                            "io.ebean.",
                            "com.querydsl.",
                            "org.sql2o.",
                            "com.zaxxer.hikari.",
                            // libraries that sit between the application's classes
                            "org.apache.",
                            "org.aspectj.",
                            "net.bytebuddy.",
                            "javassist.",
                            "io.opentelemetry.",
                            "io.micrometer.",
                            "io.netty.",
                            "io.vertx.",
                            "reactor.",
                            "org.eclipse.microprofile.",
                            "org.jboss.weld.",
                            "org.jboss.resteasy.",
                            "org.jboss.logging.",
                            "org.glassfish.jersey.",
                            "org.glassfish.hk2.",
                            "io.smallrye.",
                            "io.helidon.",
                            "com.arjuna.",
                            // test runners
                            "org.junit.",
                            "org.testng.",
                            "org.jboss.arquillian."));

    /** Prefixes of servers and CDI containers, unless the application's own loader has the class. */
    private static final TreeSet<String> SERVERS =
            new TreeSet<>(
                    Arrays.asList(
                            "org.jboss.",
                            "org.wildfly.",
                            "org.xnio.",
                            "io.undertow.",
                            "io.smallrye.",
                            "com.arjuna.",
                            "org.glassfish.",
                            "com.sun.",
                            "fish.payara.",
                            "com.ibm.",
                            "io.openliberty.",
                            "org.eclipse.",
                            "org.osgi.",
                            "io.helidon.",
                            "org.apache.webbeans.",
                            "org.apache.catalina.",
                            "org.apache.tomcat.",
                            "org.apache.openejb."));

    /** Prefixes of the executors in which servers' threads wait for work, besides the JDK's own. */
    private static final TreeSet<String> EXECUTORS =
            new TreeSet<>(
                    Arrays.asList(
                            "java.",
                            "jdk.",
                            "sun.",
                            "org.jboss.threads.",
                            "org.xnio.",
                            "org.glassfish.grizzly.",
                            "org.glassfish.enterprise.concurrent.",
                            "org.glassfish.concurro.",
                            "com.sun.enterprise.",
                            "fish.payara.",
                            "com.ibm.ws.threading.",
                            "io.openliberty.threading.",
                            "org.apache.tomcat.util.",
                            "org.apache.catalina.",
                            "org.apache.openejb.",
                            "org.eclipse.jetty.util.thread.",
                            "org.eclipse.jetty.util.BlockingArrayQueue",
                            "org.eclipse.jetty.io.ManagedSelector",
                            "io.netty.util.concurrent.",
                            "io.helidon."));

    /** Parts of the names of classes that are generated at run time: lambdas, proxies, interceptors, views of EJBs. */
    private static final List<String> MADE_AT_RUN_TIME =
            List.of(
                    "/", // hidden classes, which some stacks show
                    "$Proxy",
                    "_$$_",
                    "$$$",
                    "$$Owb",
                    "$$SpringCGLIB",
                    "$$EnhancerBy",
                    "$HibernateProxy$",
                    "$ByteBuddy$",
                    "__EJB31_Generated__",
                    "EJSLocal");

    private static final ClassLoader OWN_LOADER = Frames.class.getClassLoader();

    private Frames() {}

    /** The application's frames, the innermost first. */
    static List<StackTraceElement> ofApplication(StackTraceElement[] stack) {
        List<StackTraceElement> frames = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (isApplication(frame.getClassName())) {
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Frames as reports show them, e.g. {@code com.acme.Orders.list(Orders.java:12)}, the innermost first. */
    static String shown(List<StackTraceElement> frames, int most) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames.subList(0, Math.min(most, frames.size()))) {
            text.append(text.length() == 0 ? "" : " < ")
                    .append(frame.getClassName())
                    .append('.')
                    .append(frame.getMethodName())
                    .append('(')
                    .append(frame.getFileName() == null ? "no source" : frame.getFileName());
            if (frame.getLineNumber() >= 0) {
                text.append(':').append(frame.getLineNumber());
            }
            text.append(')');
        }
        return text.toString();
    }

    /** The frames of a stack as reports show them, the innermost first. */
    static List<String> each(StackTraceElement[] stack, int most) {
        return Arrays.stream(stack).limit(most).map(frame -> shown(List.of(frame), 1)).toList();
    }

    /** Whether a thread with this stack waits for work in a thread pool. */
    static boolean isIdle(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!startsWithOneOf(EXECUTORS, frame.getClassName())) {
                return false;
            }
        }
        return stack.length > 0 && waits(stack[0]);
    }

    private static boolean waits(StackTraceElement innermost) {
        String method = innermost.getMethodName();
        return method.startsWith("park") || method.startsWith("wait") || method.startsWith("yield");
    }

    /**
     * Whether a thread is still at the same work as it was at an earlier stack: the callers of the application's code
     * are the same, and where the stacks part, both are in the same method.
     *
     * @param then its application's frames at that time
     * @param now its application's frames now
     */
    static boolean isSameWork(List<StackTraceElement> then, List<StackTraceElement> now) {
        int t = then.size() - 1;
        int n = now.size() - 1;
        while (t >= 0 && n >= 0 && then.get(t).equals(now.get(n))) {
            t--;
            n--;
        }
        return t < 0
                || n < 0
                || then.get(t).getClassName().equals(now.get(n).getClassName())
                        && then.get(t).getMethodName().equals(now.get(n).getMethodName());
    }

    /** Whether a class belongs to the container. */
    static boolean isContainer(String className) {
        return startsWithOneOf(SERVERS, className) && !isApplication(className);
    }

    static boolean isApplication(String className) {
        if (startsWithOneOf(LIBRARIES, className) || isMadeAtRunTime(className)) {
            return false;
        }
        return !startsWithOneOf(SERVERS, className) || isLoadedByOwnLoader(className);
    }

    private static boolean isMadeAtRunTime(String className) {
        return MADE_AT_RUN_TIME.stream().anyMatch(className::contains);
    }

    /** Whether the application's own loader, which has loaded this jar, has loaded a class. */
    private static boolean isLoadedByOwnLoader(String className) {
        if (OWN_LOADER == ClassLoader.getSystemClassLoader()) {
            return false;
        }
        try {
            return Class.forName(className, false, OWN_LOADER).getClassLoader() == OWN_LOADER;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false; // or the application was stopped meanwhile
        }
    }

    /** No prefix is the beginning of another one. */
    private static boolean startsWithOneOf(TreeSet<String> prefixes, String className) {
        String nearest = prefixes.floor(className);
        return nearest != null && className.startsWith(nearest);
    }
}
