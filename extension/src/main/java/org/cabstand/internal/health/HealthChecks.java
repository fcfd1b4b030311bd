package org.cabstand.internal.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.ProcessSyntheticAnnotatedType;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.cabstand.Pool;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Adds the readiness and startup checks. Called only if MicroProfile Health is present.
 *
 * <p>They are added as annotated types, because not every server sees synthetic beans. Open Liberty
 * mixes up types of the same name if each WAR of an EAR has the jar: those become synthetic beans.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class HealthChecks {

    /** The field that gets the {@code @Pool} qualifier when a check is added. */
    static final String FIELD = "pool";

    /**
     * A scope without proxies. All proxies would have the same class, and Payara would show only
     * one check.
     */
    private static final class SingletonLiteral extends AnnotationLiteral<Singleton> {

        private static final long serialVersionUID = 1L;
    }

    /** A kind of check, by its type, and what a synthetic bean needs instead. */
    private record Kind(
            Class<? extends HealthCheck> type,
            Annotation qualifier,
            Function<ConnectionPool, HealthCheckResponse> check) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(PoolReadiness.class, Readiness.Literal.INSTANCE, PoolReadiness::check),
                    new Kind(PoolStartup.class, Startup.Literal.INSTANCE, PoolStartup::check));

    /** Pools whose type has become one with another WAR's. */
    private final Map<Kind, Set<String>> mixedUp = new HashMap<>();

    /** Has added nothing yet. */
    public HealthChecks() {
        // events follow
    }

    /**
     * Adds a check for each pool.
     *
     * @param event the container's event
     * @param ready names of pools that get a readiness check
     * @param started names of pools that get a startup check
     * @param application distinguishes the WARs of an EAR, which the server deploys together
     * @param withProxies whether the server asks for checks before there are singletons, as TomEE does
     */
    public void add(
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

    /**
     * Takes out a type that the container has made of another WAR's class and this one's annotations.
     *
     * @param event the container's event, of a type that some extension has added
     */
    public void note(ProcessSyntheticAnnotatedType<?> event) {
        AnnotatedType<?> type = event.getAnnotatedType();
        for (Kind kind : KINDS) {
            if (type.getJavaClass() != kind.type()
                    && type.getJavaClass().getName().equals(kind.type().getName())) {
                for (AnnotatedField<?> field : type.getFields()) {
                    Pool pool = field.getAnnotation(Pool.class);
                    if (pool != null) {
                        mixedUp.computeIfAbsent(kind, each -> new HashSet<>()).add(pool.value());
                        event.veto();
                    }
                }
            }
        }
    }

    /**
     * Adds the checks of the pools whose types were taken out.
     *
     * @param event takes them
     * @param application distinguishes the WARs of an EAR
     * @param sources all pools
     */
    public void addMissing(
            AfterBeanDiscovery event, String application, List<ConnectionSource> sources) {
        mixedUp.forEach(
                (kind, names) ->
                        sources.stream()
                                .map(ConnectionSource::pool)
                                .filter(pool -> names.contains(pool.name()))
                                .forEach(pool -> add(event, kind, pool, application)));
    }

    private static void add(
            AfterBeanDiscovery event, Kind kind, ConnectionPool pool, String application) {
        event.<HealthCheck>addBean()
                .id(kind.type().getName() + "." + pool.name() + "." + application)
                .beanClass(kind.type())
                .types(HealthCheck.class)
                .qualifiers(kind.qualifier(), Any.Literal.INSTANCE)
                .scope(Singleton.class)
                .createWith(context -> () -> kind.check().apply(pool));
    }
}
