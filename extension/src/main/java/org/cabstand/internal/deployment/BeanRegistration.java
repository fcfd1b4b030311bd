package org.cabstand.internal.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.cabstand.PoolOperations;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.cabstand.internal.handle.ProxiedDataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.ProxiedConnection;
import org.cabstand.internal.request.RequestConnection;
import org.cabstand.internal.request.RequestTracker;
import org.jspecify.annotations.Nullable;

/**
 * Adds the beans of pools to an application.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class BeanRegistration {

    private final ApplicationBeans applicationBeans;
    private final String instance;
    private final @Nullable String defaultPool;
    private final RequestTracker requests;

    /**
     * A registration that has added nothing yet.
     *
     * @param applicationBeans the application's own beans
     * @param instance distinguishes ids from those of other instances of the extension
     * @param defaultPool the name of the default pool; null when there is none
     * @param requests creates the connections of requests
     */
    public BeanRegistration(
            ApplicationBeans applicationBeans,
            String instance,
            @Nullable String defaultPool,
            RequestTracker requests) {
        this.applicationBeans = applicationBeans;
        this.instance = instance;
        this.defaultPool = defaultPool;
        this.requests = requests;
    }

    /**
     * Adds the beans of a pool.
     *
     * @param event takes them
     * @param source the pool, and what it is used through
     */
    public void addBeans(AfterBeanDiscovery event, ConnectionSource source) {
        ConnectionPool pool = source.pool();
        Set<Annotation> ofConnection = qualifiers(pool, Connection.class);
        if (!ofConnection.isEmpty()) {
            event.<Connection>addBean()
                    .id(id("Connection", pool))
                    .beanClass(ProxiedConnection.class)
                    .types(Connection.class)
                    .qualifiers(ofConnection)
                    .scope(RequestScoped.class)
                    .createWith(context -> requests.create(source))
                    .destroyWith(
                            (connection, context) ->
                                    requests.destroyed((RequestConnection) connection));
        }
        Set<Annotation> ofDataSource = qualifiers(pool, DataSource.class);
        if (!ofDataSource.isEmpty()) {
            event.<DataSource>addBean()
                    .id(id("DataSource", pool))
                    .beanClass(ProxiedDataSource.class)
                    .types(DataSource.class)
                    .qualifiers(ofDataSource)
                    .scope(ApplicationScoped.class)
                    .createWith(context -> new PoolDataSource(source));
        }
        Set<Annotation> ofOperations = qualifiers(pool, PoolOperations.class);
        if (!ofOperations.isEmpty()) {
            event.<PoolOperations>addBean()
                    .id(id("PoolOperations", pool))
                    .beanClass(PoolOperations.class)
                    .types(PoolOperations.class)
                    .qualifiers(ofOperations)
                    .scope(ApplicationScoped.class)
                    .createWith(context -> pool.control());
        }
        // for the readiness check: the DataSource may be the application's own
        event.<ConnectionPool>addBean()
                .id(id("Pool", pool))
                .beanClass(ConnectionPool.class)
                .types(ConnectionPool.class)
                .qualifiers(Pool.Literal.of(pool.name()), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context -> pool);
    }

    private String id(String type, ConnectionPool pool) {
        return "org.cabstand." + type + "." + pool.name() + "." + instance;
    }

    /**
     * The qualifiers for which the application has no bean of its own. A second bean would be
     * ambiguous.
     *
     * @param pool the pool
     * @param type a type of bean
     * @return empty when the application has its own for all of them
     */
    public Set<Annotation> qualifiers(ConnectionPool pool, Type type) {
        Set<Annotation> qualifiers = new LinkedHashSet<>();
        qualifiers.add(Pool.Literal.of(pool.name()));
        if (pool.name().equals(defaultPool)) {
            qualifiers.add(Default.Literal.INSTANCE);
        }
        qualifiers.removeIf(qualifier -> applicationBeans.have(type, qualifier));
        if (!qualifiers.isEmpty()) {
            qualifiers.add(Any.Literal.INSTANCE);
        }
        return qualifiers;
    }
}
