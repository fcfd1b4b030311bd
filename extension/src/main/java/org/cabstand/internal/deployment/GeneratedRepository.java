package org.cabstand.internal.deployment;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.literal.InjectLiteral;
import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.configurator.AnnotatedConstructorConfigurator;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.util.Objects;
import java.util.Set;
import org.cabstand.Pool;
import org.cabstand.internal.Log;

/**
 * A Jakarta Data repository that Hibernate's annotation processor has generated. The class opens its session itself, in
 * a persistence unit of the server, by {@code @PersistenceUnit}. It also has a constructor that takes a session, but the
 * processor marks that with {@code @Inject} for Quarkus only. This class makes CDI call that constructor, so that the
 * session is the pool's, takes part in transactions, and ends with the request.
 *
 * <p>{@code @Repository(dataStore = "orders")} gets the session of pool {@code orders}; without {@code dataStore} a
 * repository gets the session of the default pool.
 *
 * <p>Thread safety: stateless.
 */
public final class GeneratedRepository {

    private static final String PERSISTENCE_UNIT = "jakarta.persistence.PersistenceUnit";
    private static final String PERSISTENCE_XML = "META-INF/persistence.xml";

    /** The processor's suffix. */
    private static final String GENERATED = "_";

    private static final Set<String> SESSIONS =
            Set.of(
                    "org.hibernate.StatelessSession",
                    "org.hibernate.Session",
                    "jakarta.persistence.EntityManager");

    private GeneratedRepository() {}

    /**
     * Changes how CDI creates a class if it is such a repository. If there is a persistence.xml, a unit of the server may
     * be meant, and the class stays as it is.
     *
     * @param event the event of any class
     * @param <T> the class
     */
    public static <T> void adopt(ProcessAnnotatedType<T> event) {
        AnnotatedType<T> type = event.getAnnotatedType();
        Annotation unit =
                type.getFields().stream()
                        .map(GeneratedRepository::persistenceUnit)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (unit == null
                || !type.getJavaClass().getName().endsWith(GENERATED)
                || type.getConstructors().stream().noneMatch(GeneratedRepository::takesSession)
                || type.getConstructors().stream().noneMatch(GeneratedRepository::takesNothing)
                || hasUnitsOfServer(type.getJavaClass())) {
            return;
        }
        String pool = unitName(unit);
        AnnotatedTypeConfigurator<T> changed = event.configureAnnotatedType();
        changed.filterFields(field -> persistenceUnit(field) != null)
                .forEach(field -> field.remove(GeneratedRepository::isPersistenceUnit));
        changed.filterMethods(
                        method ->
                                method.isAnnotationPresent(PostConstruct.class)
                                        || method.isAnnotationPresent(PreDestroy.class))
                .forEach(
                        method ->
                                method.remove(
                                        each ->
                                                each instanceof PostConstruct
                                                        || each instanceof PreDestroy));
        changed.filterConstructors(GeneratedRepository::takesNothing)
                .forEach(constructor -> constructor.remove(each -> each instanceof Inject));
        changed.filterConstructors(GeneratedRepository::takesSession)
                .forEach(constructor -> inject(constructor, pool));
    }

    private static void inject(AnnotatedConstructorConfigurator<?> constructor, String pool) {
        constructor.add(InjectLiteral.INSTANCE);
        if (!pool.isEmpty()) {
            constructor.params().get(0).add(Pool.Literal.of(pool));
        }
    }

    private static boolean hasUnitsOfServer(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return !ApplicationLoader.seesOurs(type)
                || loader == null
                || loader.getResource(PERSISTENCE_XML) != null;
    }

    private static Annotation persistenceUnit(AnnotatedField<?> field) {
        return field.getAnnotations().stream()
                .filter(GeneratedRepository::isPersistenceUnit)
                .findFirst()
                .orElse(null);
    }

    private static boolean isPersistenceUnit(Annotation annotation) {
        return annotation.annotationType().getName().equals(PERSISTENCE_UNIT);
    }

    private static boolean takesSession(AnnotatedConstructor<?> constructor) {
        Class<?>[] types = constructor.getJavaMember().getParameterTypes();
        return types.length == 1 && SESSIONS.contains(types[0].getName());
    }

    private static boolean takesNothing(AnnotatedConstructor<?> constructor) {
        return constructor.getParameters().isEmpty()
                && constructor.isAnnotationPresent(Inject.class);
    }

    /** The API may be absent, so this class does not mention it. */
    private static String unitName(Annotation unit) {
        try {
            return (String) unit.annotationType().getMethod("unitName").invoke(unit);
        } catch (ReflectiveOperationException e) {
            Log.debug("@PersistenceUnit without unitName", e);
            return "";
        }
    }
}
