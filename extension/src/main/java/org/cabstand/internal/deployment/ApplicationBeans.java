package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.CredentialsProvider;
import org.cabstand.Pool;
import org.cabstand.PoolOperations;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolRequirements;

/**
 * The beans and injection points of the application that concern the pools: who wants a connection
 * or a data source, the application's own beans of these types, which win over ours, and its
 * customizers and credentials providers.
 *
 * <p>Only enabled beans count. The container also reports injection points of alternatives that are
 * not selected, and of specialized beans.
 *
 * <p>Thread safety: filled at deployment, then only read.
 */
public final class ApplicationBeans {

    /** An injection point that wants a bean of one of our types. */
    private record Wish(InjectionPoint point, Type type, boolean isLookup) {

        Set<Annotation> qualifiers() {
            Set<Annotation> qualifiers = new HashSet<>(point.getQualifiers());
            qualifiers.remove(Any.Literal.INSTANCE);
            return qualifiers;
        }

        boolean isForSession() {
            return SESSIONS.contains(type.getTypeName());
        }

        boolean isMetBy(Bean<?> bean) {
            return bean.getTypes().contains(type) && bean.getQualifiers().containsAll(qualifiers());
        }
    }

    /** Names of the types that a persistence unit offers for injection; the APIs may be absent. */
    private static final Set<String> SESSIONS =
            Set.of(
                    "jakarta.persistence.EntityManager",
                    "jakarta.persistence.EntityManagerFactory",
                    "org.hibernate.Session",
                    "org.hibernate.StatelessSession",
                    "org.hibernate.SessionFactory");

    /** The types of beans that pools ask the application for. */
    private static final Set<Class<?>> HELPERS =
            Set.of(ConnectionCustomizer.class, CredentialsProvider.class);

    private final List<Wish> wishes = new ArrayList<>();
    private final Set<Bean<?>> enabled = new HashSet<>();
    private final List<Bean<?>> own = new ArrayList<>();
    private final List<Bean<?>> helpers = new ArrayList<>();
    private final Set<Class<?>> specialized = new HashSet<>();
    private final Set<Member> specializedProducers = new HashSet<>();

    /** An object without beans. */
    public ApplicationBeans() {
        // the container reports them
    }

    /**
     * Records an injection point.
     *
     * @param event the container's event
     */
    public void note(ProcessInjectionPoint<?, ?> event) {
        InjectionPoint point = event.getInjectionPoint();
        Member member = point.getMember();
        if (member == null
                || member.getDeclaringClass().getName().startsWith("org.cabstand.internal.")
                || !ApplicationLoader.seesOurs(member.getDeclaringClass())) {
            return;
        }
        Type lookedUp = InjectionPoints.lookedUp(point.getType());
        Type type = lookedUp == null ? point.getType() : lookedUp;
        // a decorator without its delegate decorates nothing
        if (isOurs(type) && !point.isDelegate()) {
            wishes.add(new Wish(point, type, lookedUp != null));
        }
    }

    /**
     * Records an enabled bean.
     *
     * @param event the container's event
     */
    public void note(ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (!ApplicationLoader.seesOurs(bean.getBeanClass())) {
            return;
        }
        enabled.add(bean);
        if (event.getAnnotated() != null
                && event.getAnnotated().isAnnotationPresent(Specializes.class)) {
            if (event.getAnnotated() instanceof AnnotatedMethod<?> method) {
                noteSpecialized(method.getJavaMember());
            } else {
                specialized.add(bean.getBeanClass().getSuperclass());
            }
        }
        if (!(bean instanceof Decorator)
                && !(bean instanceof Interceptor)
                && bean.getTypes().stream().anyMatch(ApplicationBeans::isOurs)) {
            own.add(bean);
        }
        if (HELPERS.stream().anyMatch(bean.getTypes()::contains)) {
            helpers.add(bean);
        }
    }

    private void noteSpecialized(Method producer) {
        try {
            specializedProducers.add(
                    producer.getDeclaringClass()
                            .getSuperclass()
                            .getDeclaredMethod(producer.getName(), producer.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            Log.debug("a producer specializes nothing, as the container will say", e);
        }
    }

    /**
     * Records which pools are needed.
     *
     * @param needs filled with the injection points that need a pool
     */
    public void fill(PoolRequirements needs) {
        own.removeIf(bean -> specialized.contains(bean.getBeanClass()));
        helpers.removeIf(bean -> specialized.contains(bean.getBeanClass()));
        wishes.removeIf(wish -> !isEnabled(wish) || own.stream().anyMatch(wish::isMetBy));
        for (Wish wish : wishes) {
            Set<Annotation> qualifiers = wish.qualifiers();
            String where = InjectionPoints.describe(wish.point());
            if (qualifiers.stream().allMatch(ApplicationBeans::canBeOurs)) {
                for (Annotation qualifier : qualifiers) {
                    if (qualifier instanceof Pool pool) {
                        needs.pool(pool.value(), where);
                    } else if (!wish.isLookup()) {
                        needs.defaultPool(where);
                    }
                }
            }
        }
    }

    /**
     * Ignores injection points of an EntityManager without a qualifier: the server may have beans for the units that it
     * starts itself.
     */
    public void leaveUnqualifiedSessions() {
        wishes.removeIf(
                wish ->
                        wish.isForSession()
                                && wish.qualifiers().stream().noneMatch(Pool.class::isInstance));
    }

    /**
     * Whether anything injects an EntityManager, or another type that a persistence unit offers.
     *
     * @param pool the pool's name
     * @param isDefault whether it is the default pool
     * @return true when the pool needs a unit
     */
    public boolean wantUnit(String pool, boolean isDefault) {
        return wishes.stream()
                .filter(Wish::isForSession)
                .map(Wish::qualifiers)
                .anyMatch(
                        qualifiers ->
                                !qualifiers.isEmpty()
                                        && qualifiers.stream()
                                                .allMatch(
                                                        q ->
                                                                q.equals(Pool.Literal.of(pool))
                                                                        || isDefault
                                                                                && q
                                                                                        instanceof
                                                                                        Default));
    }

    /**
     * The archives of the classes that inject something from a pool.
     *
     * @return directories and jars, as class loaders name them
     */
    public List<URL> archives() {
        Set<String> seen = new HashSet<>(); // URLs themselves ask the network
        List<URL> archives = new ArrayList<>();
        for (Wish wish : wishes) {
            URL archive = InjectionPoints.archive(wish.point().getMember().getDeclaringClass());
            if (archive != null && seen.add(archive.toString())) {
                archives.add(archive);
            }
        }
        return archives;
    }

    private boolean isEnabled(Wish wish) {
        Bean<?> bean = wish.point().getBean();
        return bean == null // for example of a servlet or an observer
                || enabled.contains(bean)
                        && !specialized.contains(bean.getBeanClass())
                        && !specializedProducers.contains(wish.point().getMember());
    }

    /**
     * Our beans have no other qualifiers, so an injection point with another one does not want
     * ours.
     */
    private static boolean canBeOurs(Annotation qualifier) {
        return qualifier instanceof Pool || qualifier instanceof Default;
    }

    /**
     * The class loaders of the classes that inject connections and data sources.
     *
     * @return more than one in an EAR
     */
    public Set<ClassLoader> loaders() {
        return wishes.stream()
                .map(wish -> wish.point().getMember().getDeclaringClass().getClassLoader())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the application has its own bean.
     *
     * @param type {@link Connection}, {@link DataSource}, {@link PoolOperations} or one of JPA's
     * @param qualifier {@code @Default} or {@code @Pool}
     * @return true if a bean of ours would be ambiguous
     */
    public boolean have(Type type, Annotation qualifier) {
        return own.stream()
                .anyMatch(
                        bean ->
                                bean.getTypes().contains(type)
                                        && bean.getQualifiers().contains(qualifier));
    }

    /**
     * The application's beans of a helper type, from all of its archives.
     *
     * @param type {@link ConnectionCustomizer} or {@link CredentialsProvider}
     * @return the enabled ones
     */
    List<Bean<?>> ofType(Type type) {
        return helpers.stream().filter(bean -> bean.getTypes().contains(type)).toList();
    }

    /**
     * Whether an injection point gets this bean, or looks it up.
     *
     * @param bean one of ours
     * @return false if it can only be found by a programmatic lookup
     */
    public boolean want(Bean<?> bean) {
        return wishes.stream().anyMatch(wish -> wish.isMetBy(bean));
    }

    private static boolean isOurs(Type type) {
        return type == Connection.class
                || type == DataSource.class
                || type == PoolOperations.class
                || SESSIONS.contains(type.getTypeName());
    }
}
