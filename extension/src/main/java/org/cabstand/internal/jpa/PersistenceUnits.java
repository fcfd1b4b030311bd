package org.cabstand.internal.jpa;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.UnitSettings;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.RequestTracker;

/**
 * The persistence units of an application's pools; nothing here mentions JPA.
 *
 * <p>Thread safety: confined to deployment, but for start and end.
 */
public interface PersistenceUnits {

    /**
     * Those of an application that cannot have any.
     *
     * @param missing what it lacks, for users
     * @return where every unit is a fault
     */
    static PersistenceUnits without(String missing) {
        return new PersistenceUnits() {
            @Override
            public List<String> add(
                    ConnectionSource source, UnitSettings settings, List<URL> archives) {
                return List.of(Message.NO_JPA.format(source.pool().name(), missing));
            }

            @Override
            public void addBeans(
                    AfterBeanDiscovery event,
                    RequestTracker requests,
                    BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
                    String id) {
                // no unit, no beans
            }

            @Override
            public Set<Type> sessionTypes() {
                return Set.of();
            }

            @Override
            public boolean isSession(Bean<?> bean) {
                return false;
            }

            @Override
            public void start() {
                // no unit
            }

            @Override
            public void close() {
                // no unit
            }
        };
    }

    /**
     * Adds the unit of a pool.
     *
     * @param source the pool's connections
     * @param settings what is configured for the unit
     * @param archives where entities are looked for, unless the settings say so
     * @return the faults, fit for the configuration report
     */
    List<String> add(ConnectionSource source, UnitSettings settings, List<URL> archives);

    /**
     * Adds the beans of all units.
     *
     * @param event takes them
     * @param requests the application's
     * @param qualifiers those that a bean of a type gets; none where the application has beans of its own
     * @param id unique for this application
     */
    void addBeans(
            AfterBeanDiscovery event,
            RequestTracker requests,
            BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
            String id);

    /**
     * The types of the requests' sessions.
     *
     * @return one of each kind that there is a bean of
     */
    Set<Type> sessionTypes();

    /**
     * Whether a bean is a request's session of one of these units.
     *
     * @param bean any bean
     * @return true for ours
     */
    boolean isSession(Bean<?> bean);

    /**
     * The application starts: so do the providers. A database that is down fails nothing, and takes no
     * longer than the pools wait for it.
     */
    void start();

    /** Closes what was started; the pools are still there. */
    void close();
}
