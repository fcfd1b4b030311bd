package org.cabstand.internal.health;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import org.cabstand.Pool;

/**
 * Adds the readiness checks; called only where MicroProfile Health is present.
 *
 * <p>As annotated types, not as synthetic beans: those are not seen by every server.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class HealthChecks {

    /** No scope with proxies: theirs have one class, and Payara shows one of such checks only. */
    private static final class SingletonLiteral extends AnnotationLiteral<Singleton> {

        private static final long serialVersionUID = 1L;
    }

    private HealthChecks() {}

    /**
     * Adds a check for each pool.
     *
     * @param event the container's event
     * @param pools names of pools
     */
    public static void add(BeforeBeanDiscovery event, Iterable<String> pools) {
        for (String pool : pools) {
            event.addAnnotatedType(PoolReadiness.class, PoolReadiness.class.getName() + "-" + pool)
                    .add(new SingletonLiteral())
                    .filterFields(
                            field -> field.getJavaMember().getName().equals(PoolReadiness.FIELD))
                    .forEach(field -> field.add(Pool.Literal.of(pool)));
        }
    }
}
