package org.cabstand.internal;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.Pool;

/**
 * The application's {@link ConnectionCustomizer} beans for one pool.
 *
 * <p>Thread safety: safe for concurrent use; two threads that are first find the same beans.
 */
public final class Customizers implements Supplier<List<ConnectionCustomizer>> {

    private final BeanManager beanManager;
    private final String pool;
    private volatile List<ConnectionCustomizer> found;

    /**
     * Looks for nothing yet: beans can be had when the application runs.
     *
     * @param beanManager the application's
     * @param pool the pool's name
     */
    public Customizers(BeanManager beanManager, String pool) {
        this.beanManager = beanManager;
        this.pool = pool;
    }

    /** Those for all pools first, then the pool's own; each in the order of the class names. */
    @Override
    public List<ConnectionCustomizer> get() {
        List<ConnectionCustomizer> customizers = found;
        if (customizers == null) {
            List<Bean<?>> forAll = new ArrayList<>();
            List<Bean<?>> own = new ArrayList<>();
            for (Bean<?> bean :
                    beanManager.getBeans(ConnectionCustomizer.class, Any.Literal.INSTANCE)) {
                if (bean.getQualifiers().contains(Pool.Literal.of(pool))) {
                    own.add(bean);
                } else if (bean.getQualifiers().stream().noneMatch(Pool.class::isInstance)) {
                    forAll.add(bean);
                }
            }
            Comparator<Bean<?>> byName =
                    Comparator.comparing(bean -> bean.getBeanClass().getName());
            forAll.sort(byName);
            own.sort(byName);
            forAll.addAll(own);
            customizers = forAll.stream().map(this::reference).toList();
            found = customizers;
        }
        return customizers;
    }

    private ConnectionCustomizer reference(Bean<?> bean) {
        return (ConnectionCustomizer)
                beanManager.getReference(
                        bean,
                        ConnectionCustomizer.class,
                        beanManager.createCreationalContext(bean));
    }
}
