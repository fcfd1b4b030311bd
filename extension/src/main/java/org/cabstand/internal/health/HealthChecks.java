package org.cabstand.internal.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import org.cabstand.Pool;
import org.eclipse.microprofile.health.HealthCheck;

/**
 * Adds the readiness and startup checks. Called only if MicroProfile Health is present.
 *
 * <p>They are added as annotated types, because not every server sees synthetic beans.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class HealthChecks {

    /** Gets the {@code @Pool} qualifier when a check is added. */
    static final String FIELD = "pool";

    /**
     * A scope without proxies. All proxies would have the same class, and Payara would show only
     * one check.
     */
    private static final class SingletonLiteral extends AnnotationLiteral<Singleton> {

        private static final long serialVersionUID = 1L;
    }

    private HealthChecks() {}

    /**
     * Adds a check for each pool.
     *
     * @param event the container's event
     * @param ready names of pools that get a readiness check
     * @param started names of pools that get a startup check
     * @param application distinguishes the WARs of an EAR, which the server deploys together
     * @param withProxies whether the server asks for checks before there are singletons, as TomEE does
     */
    public static void add(
            BeforeBeanDiscovery event,
            Iterable<String> ready,
            Iterable<String> started,
            String application,
            boolean withProxies) {
        Annotation scope =
                withProxies ? ApplicationScoped.Literal.INSTANCE : new SingletonLiteral();
        ready.forEach(pool -> add(event, PoolReadiness.class, pool, application, scope));
        started.forEach(pool -> add(event, PoolStartup.class, pool, application, scope));
    }

    private static void add(
            BeforeBeanDiscovery event,
            Class<? extends HealthCheck> check,
            String pool,
            String application,
            Annotation scope) {
        event.addAnnotatedType(check, check.getName() + "-" + application + "-" + pool)
                .add(scope)
                .filterFields(field -> field.getJavaMember().getName().equals(FIELD))
                .forEach(field -> field.add(Pool.Literal.of(pool)));
    }
}
