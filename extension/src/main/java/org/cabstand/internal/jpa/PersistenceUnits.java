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
 * The persistence units of an application's pools. Nothing here mentions JPA, whose API may be missing.
 *
 * <p>Thread safety: confined to deployment, except for {@link #start} and {@link #close}.
 */
public interface PersistenceUnits {

    /**
     * For an application that cannot have persistence units.
     *
     * @param missing the missing API, as users know it
     * @return an object that reports every unit as a fault
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
     * @param settings the unit's settings
     * @param archives where entities are looked for, unless the settings name packages
     * @return the faults, fit for the configuration report
     */
    List<String> add(ConnectionSource source, UnitSettings settings, List<URL> archives);

    /**
     * Adds the beans of all units.
     *
     * @param event takes them
     * @param requests the application's
     * @param qualifiers the qualifiers for a bean of a type; none if the application has beans of its own
     * @param id unique for this application
     */
    void addBeans(
            AfterBeanDiscovery event,
            RequestTracker requests,
            BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
            String id);

    /**
     * The types of the sessions that requests use.
     *
     * @return one for each kind of bean
     */
    Set<Type> sessionTypes();

    /**
     * Whether a bean is a session of one of these units for a request.
     *
     * @param bean any bean
     * @return true for ours
     */
    boolean isSession(Bean<?> bean);

    /**
     * Starts the providers with the application. If the database is down, nothing fails, and this waits for a few
     * seconds at most.
     */
    void start();

    /** Closes the units, before the pools are closed. */
    void close();
}
