package org.cabstand.internal.jpa;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.config.UnitSettings;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.jta.JtaContext;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.RequestBound;
import org.cabstand.internal.request.RequestTracker;

/**
 * The persistence units of an application's pools: finds the definition and the provider of each, adds the beans,
 * starts and closes the units.
 *
 * <p>Thread safety: confined to deployment, except for {@link #start} and {@link #close}.
 */
public final class JpaUnits implements PersistenceUnits {

    /** A unit without faults. */
    private record Ready(
            ConnectionSource source,
            UnitDefinition definition,
            Provider provider,
            UnitDataSource dataSource) {

        ConnectionPool pool() {
            return source.pool();
        }
    }

    private final BeanManager beanManager;
    private final JtaContext jta;
    private final ClassLoader loader;
    private final DefinitionReader definitions;
    private final List<Ready> ready = new ArrayList<>();
    private final Map<String, RunningUnit> running = new LinkedHashMap<>();
    private final Set<Type> sessionTypes = new LinkedHashSet<>();

    /**
     * An object without units.
     *
     * @param beanManager the application's
     * @param jta the server's transactions
     * @param loader the application's
     */
    public JpaUnits(BeanManager beanManager, JtaContext jta, ClassLoader loader) {
        this.beanManager = beanManager;
        this.jta = jta;
        this.loader = loader;
        this.definitions = new DefinitionReader(loader);
    }

    private static ClassLoader ownLoader() {
        return JpaUnits.class.getClassLoader();
    }

    @Override
    public List<String> add(ConnectionSource source, UnitSettings settings, List<URL> archives) {
        ConnectionPool pool = source.pool();
        List<String> faults = new ArrayList<>();
        if (pool.settings().transactions() == Transactions.OFF) {
            faults.add(
                    Message.JPA_WITHOUT_TRANSACTIONS.format(
                            pool.settings().sourceOf(Key.TRANSACTIONS), pool.name()));
        }
        UnitDefinition definition = definitions.read(settings, archives, faults);
        if (definition == null) {
            return faults;
        }
        try {
            Provider provider = Provider.find(definition.provider(), loader, ownLoader());
            if (provider.isHibernate()
                    && provider.visibleClass("org.hibernate.proxy.HibernateProxy", loader)
                            == null) {
                faults.add(Message.PROVIDER_HIDDEN.format(pool.name()));
            }
            ready.add(new Ready(source, definition, provider, new UnitDataSource(source)));
        } catch (Provider.NotFound e) {
            Log.debug("no JPA provider", e);
            faults.add(Message.NO_PROVIDER.format(pool.name(), e.getMessage()));
        }
        return faults;
    }

    @Override
    public void addBeans(
            AfterBeanDiscovery event,
            RequestTracker requests,
            BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
            String id) {
        for (Ready unit : ready) {
            ConnectionPool pool = unit.pool();
            unit.dataSource().setRequests(requests);
            String unitId = id + ".unit." + pool.name();
            RunningUnit runs = new RunningUnit(pool.name(), loader, () -> make(unit, unitId));
            running.put(pool.name(), runs);
            addFactory(event, unit, runs, qualifiers, unitId);
            for (SessionKind kind : kinds(unit.provider())) {
                addSessions(event, unit.source(), runs, kind, requests, qualifiers, unitId);
            }
        }
    }

    private EntityManagerFactory make(Ready unit, String id) throws Exception {
        Provider provider = unit.provider();
        // Hibernate would look for classes there, and does not know WildFly's URLs
        URL root = provider.isHibernate() ? null : unit.definition().root();
        EntityManagerFactory made =
                provider.provider()
                        .createContainerEntityManagerFactory(
                                new Unit(unit.definition(), root, unit.dataSource(), loader),
                                provider.settings(unit.definition(), id, jta, beanManager, loader));
        if (made == null) {
            throw new PersistenceException(
                    provider.provider().getClass().getName() + " does not take the unit");
        }
        return made;
    }

    private static List<SessionKind> kinds(Provider provider) {
        List<Class<?>> types = new ArrayList<>(List.of(EntityManager.class));
        List<SessionKind> kinds = new ArrayList<>();
        if (provider.isHibernate()) {
            Class<?> session = provider.visibleClass("org.hibernate.Session", ownLoader());
            if (session != null) {
                types.add(session);
                kinds.add(
                        SessionKind.statelessSessions(
                                provider.visibleClass(
                                        "org.hibernate.StatelessSession", ownLoader()),
                                provider.visibleClass(
                                        "org.hibernate.SessionFactory", ownLoader())));
            }
        }
        kinds.add(SessionKind.entityManagers(types));
        return kinds;
    }

    private void addFactory(
            AfterBeanDiscovery event,
            Ready unit,
            RunningUnit runs,
            BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
            String id) {
        Set<Annotation> its = qualifiers.apply(unit.pool(), EntityManagerFactory.class);
        if (its.isEmpty()) {
            return;
        }
        List<Class<?>> types = new ArrayList<>(List.of(EntityManagerFactory.class));
        if (unit.provider().isHibernate()) {
            Class<?> hibernates =
                    unit.provider().visibleClass("org.hibernate.SessionFactory", ownLoader());
            if (hibernates != null) {
                types.add(hibernates);
            }
        }
        List<Class<?>> interfaces = new ArrayList<>(types);
        interfaces.add(ProxiedFactory.class);
        Class<?>[] proxied = interfaces.toArray(Class<?>[]::new);
        event.<Object>addBean()
                .id(id + ".factory")
                .beanClass(ProxiedFactory.class)
                .types(types.toArray(Type[]::new))
                .qualifiers(its)
                .scope(ApplicationScoped.class)
                .createWith(context -> Proxy.newProxyInstance(ownLoader(), proxied, runs::call));
    }

    private void addSessions(
            AfterBeanDiscovery event,
            ConnectionSource source,
            RunningUnit runs,
            SessionKind kind,
            RequestTracker requests,
            BiFunction<ConnectionPool, Type, Set<Annotation>> qualifiers,
            String id) {
        ConnectionPool pool = source.pool();
        Set<Annotation> its = qualifiers.apply(pool, kind.types().get(0));
        if (its.isEmpty()) {
            return;
        }
        List<Class<?>> interfaces = new ArrayList<>(kind.types());
        interfaces.add(kind.beanClass());
        sessionTypes.add(kind.types().get(0));
        Class<?>[] proxied = interfaces.toArray(Class<?>[]::new);
        event.<Object>addBean()
                .id(id + "." + kind.types().get(0).getSimpleName())
                .beanClass(kind.beanClass())
                .types(kind.beanTypes())
                .qualifiers(its)
                .scope(RequestScoped.class)
                .createWith(
                        context ->
                                Proxy.newProxyInstance(
                                        ownLoader(),
                                        proxied,
                                        new RequestSession(
                                                pool.name(),
                                                runs,
                                                kind,
                                                jta,
                                                requests.create(source))))
                .destroyWith(
                        (session, context) ->
                                requests.destroyed(((RequestBound) session).requestConnection()));
    }

    @Override
    public Set<Type> sessionTypes() {
        return sessionTypes;
    }

    @Override
    public boolean isSession(Bean<?> bean) {
        return bean.getBeanClass() == ProxiedEntityManager.class
                || bean.getBeanClass() == RequestBound.class;
    }

    @Override
    public void start() {
        jta.status(); // looks up the server's services on a thread of the server
        for (Ready unit : ready) {
            if (unit.pool().settings().active()) {
                running.get(unit.pool().name()).start();
            }
        }
        // the first request finds the schema, and does not compete for connections with its
        // creation
        running.values().forEach(RunningUnit::awaitStart);
    }

    @Override
    public void close() {
        for (Map.Entry<String, RunningUnit> unit : new HashMap<>(running).entrySet()) {
            try {
                unit.getValue().close();
            } catch (Throwable e) { // class loaders may have been stopped
                Log.notClosed("the persistence unit of pool '" + unit.getKey() + "'", e);
            }
        }
    }
}
