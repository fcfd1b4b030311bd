package org.cabstand.internal.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Set;
import org.cabstand.Pool;
import org.cabstand.internal.pool.ConnectionPool;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Adds the readiness and startup checks. Called only if MicroProfile Health is present.
 *
 * <p>They are added as annotated types, because not every server sees synthetic beans. On Open
 * Liberty they are synthetic beans: it mixes up types of the same name if each WAR of an EAR has the jar.
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

    /** Where the class loaders of Open Liberty's applications and shared libraries come from. */
    private static final String OPEN_LIBERTY = "com.ibm.ws.classloading.";

    private HealthChecks() {}

    /**
     * Adds a check for each pool, where checks are annotated types.
     *
     * @param event the container's event
     * @param ready names of pools that get a readiness check
     * @param started names of pools that get a startup check
     * @param application distinguishes the WARs of an EAR, which the server deploys together
     * @param withProxies whether the server asks for checks before there are singletons, as TomEE does
     */
    public static void add(
            BeforeBeanDiscovery event,
            Set<String> ready,
            Set<String> started,
            String application,
            boolean withProxies) {
        if (isOnOpenLiberty()) {
            return;
        }
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
        event.addAnnotatedType(check, id(check, application, pool))
                .add(scope)
                .filterFields(field -> field.getJavaMember().getName().equals(FIELD))
                .forEach(field -> field.add(Pool.Literal.of(pool)));
    }

    /**
     * Adds a check for each pool, where checks are synthetic beans.
     *
     * @param event the container's event
     * @param ready names of pools that get a readiness check
     * @param started names of pools that get a startup check
     * @param application distinguishes the WARs of an EAR, which the server deploys together
     * @param pools all pools
     */
    public static void add(
            AfterBeanDiscovery event,
            Set<String> ready,
            Set<String> started,
            String application,
            Collection<ConnectionPool> pools) {
        if (!isOnOpenLiberty()) {
            return;
        }
        for (ConnectionPool pool : pools) {
            String name = pool.name();
            if (ready.contains(name)) {
                add(event, Readiness.Literal.INSTANCE, () -> PoolReadiness.check(pool))
                        .id(id(PoolReadiness.class, application, name));
            }
            if (started.contains(name)) {
                add(event, Startup.Literal.INSTANCE, () -> PoolStartup.check(pool))
                        .id(id(PoolStartup.class, application, name));
            }
        }
    }

    private static BeanConfigurator<HealthCheck> add(
            AfterBeanDiscovery event, Annotation qualifier, HealthCheck check) {
        return event.<HealthCheck>addBean()
                .beanClass(HealthChecks.class)
                .types(HealthCheck.class)
                .qualifiers(qualifier, Any.Literal.INSTANCE)
                .scope(Singleton.class)
                .createWith(context -> check);
    }

    /** Unique even for WARs of an EAR, which the server deploys together. */
    private static String id(Class<? extends HealthCheck> check, String application, String pool) {
        return check.getName() + "-" + application + "-" + pool;
    }

    private static boolean isOnOpenLiberty() {
        ClassLoader loader = HealthChecks.class.getClassLoader();
        return loader.getClass().getName().startsWith(OPEN_LIBERTY);
    }
}
