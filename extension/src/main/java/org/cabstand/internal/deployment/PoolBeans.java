package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.cabstand.Pool;
import org.jspecify.annotations.Nullable;

/**
 * The application's beans of one type for one pool: those with the pool's qualifier, and those with
 * none.
 *
 * <p>Thread safety: safe for concurrent use. Two threads that look at the same time find the same
 * beans.
 *
 * @param <T> the type of the beans
 */
public final class PoolBeans<T> implements Supplier<List<T>> {

    private final BeanManager beanManager;
    private final ApplicationBeans discovered;
    private final Class<T> type;
    private final String pool;
    private volatile @Nullable List<T> found;

    /**
     * Does not look up beans yet; they are available only when the application runs.
     *
     * @param beanManager the application's
     * @param discovered the beans that the container has reported. If the jar is in an EAR's {@code
     *     lib}, the {@code beanManager} does not see the beans of the WARs
     * @param type the type of the beans
     * @param pool the pool's name
     */
    public PoolBeans(
            BeanManager beanManager, ApplicationBeans discovered, Class<T> type, String pool) {
        this.beanManager = beanManager;
        this.discovered = discovered;
        this.type = type;
        this.pool = pool;
    }

    /**
     * Returns the beans for all pools first, then the pool's own, each group in the order of class
     * names.
     */
    @Override
    public List<T> get() {
        List<T> beans = found;
        if (beans == null) {
            List<Bean<?>> forAll = new ArrayList<>();
            List<Bean<?>> own = new ArrayList<>();
            Set<Bean<?>> all = new LinkedHashSet<>(discovered.ofType(type));
            all.addAll(beanManager.getBeans(type, Any.Literal.INSTANCE));
            for (Bean<?> bean : all) {
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
            beans = forAll.stream().map(this::reference).toList();
            found = beans;
        }
        return beans;
    }

    private T reference(Bean<?> bean) {
        return type.cast(
                beanManager.getReference(bean, type, beanManager.createCreationalContext(bean)));
    }
}
