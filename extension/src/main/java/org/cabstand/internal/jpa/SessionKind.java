package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SynchronizationType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.cabstand.internal.request.RequestBound;

/**
 * The kinds of sessions that requests work with: entity managers, or Hibernate's stateless sessions.
 *
 * <p>Thread safety: stateless.
 */
abstract class SessionKind {

    /** Methods that write, those that Hibernate adds to JPA included. */
    private static final Set<String> WRITES =
            Set.of(
                    "persist",
                    "merge",
                    "remove",
                    "refresh",
                    "flush",
                    "lock",
                    "joinTransaction",
                    "replicate");

    private static final List<String> STATELESS_WRITES =
            List.of("insert", "update", "delete", "upsert");

    /** The bean types of this kind. */
    private final List<Class<?>> types;

    private SessionKind(List<Class<?>> types) {
        this.types = types;
    }

    List<Class<?>> types() {
        return types;
    }

    Type[] beanTypes() {
        return types.toArray(Type[]::new);
    }

    /** The type from which containers make their proxies; the session implements it, too. */
    abstract Class<?> beanClass();

    /** Opens a session that takes part in the thread's transaction. */
    abstract AutoCloseable openInTransaction(EntityManagerFactory factory);

    /** Opens a session that takes part in no transaction. */
    abstract AutoCloseable openOutside(EntityManagerFactory factory);

    /** Whether a method makes sense only in a transaction. */
    abstract boolean writes(String method);

    /** Forgets the entities that were read, because a transaction may have changed them. */
    abstract void clear(AutoCloseable session);

    /**
     * Entity managers.
     *
     * @param types EntityManager and the provider's extension of it
     */
    static SessionKind entityManagers(List<Class<?>> types) {
        return new SessionKind(types) {
            @Override
            Class<?> beanClass() {
                return ProxiedEntityManager.class;
            }

            @Override
            AutoCloseable openInTransaction(EntityManagerFactory factory) {
                return factory.createEntityManager(SynchronizationType.SYNCHRONIZED);
            }

            @Override
            AutoCloseable openOutside(EntityManagerFactory factory) {
                return factory.createEntityManager(SynchronizationType.UNSYNCHRONIZED);
            }

            @Override
            boolean writes(String method) {
                return WRITES.contains(method);
            }

            @Override
            void clear(AutoCloseable session) {
                ((EntityManager) session).clear();
            }
        };
    }

    /**
     * Hibernate's StatelessSessions.
     *
     * @param type the interface
     * @param factoryType Hibernate's SessionFactory
     */
    static SessionKind statelessSessions(Class<?> type, Class<?> factoryType) {
        return new SessionKind(List.of(type)) {
            @Override
            Class<?> beanClass() {
                return RequestBound.class; // the type itself is unknown here
            }

            @Override
            AutoCloseable openInTransaction(EntityManagerFactory factory) {
                return open(factory, factoryType);
            }

            @Override
            AutoCloseable openOutside(EntityManagerFactory factory) {
                return open(factory, factoryType);
            }

            @Override
            boolean writes(String method) {
                return STATELESS_WRITES.stream().anyMatch(method::startsWith);
            }

            @Override
            void clear(AutoCloseable session) {
                // it keeps no entities
            }
        };
    }

    private static AutoCloseable open(EntityManagerFactory factory, Class<?> type) {
        try {
            return (AutoCloseable)
                    type.getMethod("openStatelessSession").invoke(factory.unwrap(type));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
