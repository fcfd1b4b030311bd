package org.cabstand;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.ConfigReader;
import org.cabstand.internal.config.ConfigValues;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolRequirements;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.UnitSettings;
import org.cabstand.internal.connect.DriverCleanup;
import org.cabstand.internal.connect.Drivers;
import org.cabstand.internal.deployment.ApplicationBeans;
import org.cabstand.internal.deployment.ApplicationLoader;
import org.cabstand.internal.deployment.BeanRegistration;
import org.cabstand.internal.deployment.GeneratedRepository;
import org.cabstand.internal.deployment.InstanceId;
import org.cabstand.internal.deployment.OptionalApi;
import org.cabstand.internal.deployment.PoolAssembly;
import org.cabstand.internal.deployment.RequestObservers;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.health.HealthChecks;
import org.cabstand.internal.jpa.PersistenceUnits;
import org.cabstand.internal.monitor.Export;
import org.cabstand.internal.pool.Pools;
import org.cabstand.internal.pool.Rehearsal;
import org.cabstand.internal.pool.SettingsCheck;
import org.cabstand.internal.request.EndOfRequest;
import org.cabstand.internal.request.ProxiedConnection;
import org.cabstand.internal.request.RequestPasses;
import org.cabstand.internal.request.RequestTracker;
import org.cabstand.internal.transaction.TransactionContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The CDI extension. It only observes; other classes do the work.
 *
 * <p>It reads the pools from MicroProfile Config, adds the beans and readiness checks of each,
 * reports every fault of the configuration at once, starts the pools with the application, shows
 * them to others, closes them with the application, and passes request events on.
 *
 * <p>Thread safety: deployment events come one at a time; request events come from any thread,
 * after deployment. The fields that these use are written before the application runs.
 */
@SuppressWarnings("NullAway.Init") // events come in a fixed order: the first ones set the fields
public class CabstandExtension implements Extension {

    private static final String PERSISTENCE_XML = "META-INF/persistence.xml";
    private static final String HEALTH_API = "org.eclipse.microprofile.health.HealthCheck";

    /** Number of running applications that share this class. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final String instance = InstanceId.next();
    private final PoolRequirements needs = new PoolRequirements();
    private final ApplicationBeans applicationBeans = new ApplicationBeans();
    private final EndOfRequest endOfRequest = new EndOfRequest();

    private ClassLoader loader;
    private ConfigValues values;
    private ConfigReader reader;
    private Pools pools;
    private RequestTracker requests;
    private @Nullable RequestPasses passes;
    private PersistenceUnits units;
    private @Nullable RuntimeException noConfig;
    private List<Export> exports = List.of();
    private List<Method> endsOfThreads = List.of();
    private boolean running;

    /** For the container. */
    public CabstandExtension() {
        // events follow
    }

    void readNames(@Observes BeforeBeanDiscovery event, BeanManager beanManager) {
        loader = ApplicationLoader.find();
        try {
            values = new ConfigValues(ConfigProvider.getConfig(loader), System.getenv().keySet());
        } catch (IllegalStateException e) {
            noConfig = e; // reported when the container accepts errors
            return;
        }
        reader =
                new ConfigReader(
                        values, needs, wanted -> PoolAssembly.forDevelopment(loader, wanted));
        if (OptionalApi.isPresent(HEALTH_API)) {
            HealthChecks.add(
                    event,
                    reader.poolsWithHealth(),
                    reader.poolsWithStartup(),
                    instance,
                    OptionalApi.isOpenWebBeans(beanManager));
        }
    }

    void adoptRepository(
            @Observes @WithAnnotations(PostConstruct.class) ProcessAnnotatedType<?> event) {
        GeneratedRepository.adopt(event);
    }

    void noteInjectionPoint(@Observes ProcessInjectionPoint<?, ?> event) {
        applicationBeans.note(event);
    }

    void noteBean(@Observes ProcessBean<?> event) {
        applicationBeans.note(event);
        endOfRequest.note(event);
    }

    void addBeans(@Observes AfterBeanDiscovery event, BeanManager beanManager) {
        pools = new Pools(loader);
        requests = new RequestTracker(OptionalApi.requestPayload());
        if (noConfig != null) {
            event.addDefinitionError(
                    new DeploymentException(
                            Message.NO_CONFIG.format(noConfig.getMessage()), noConfig));
            return;
        }
        if (isConfiguredElsewhere(event, false)) {
            return;
        }
        if (loader.getResource(PERSISTENCE_XML) != null && !reader.hasUnits()) {
            applicationBeans.leaveUnqualifiedSessions();
        }
        applicationBeans.fill(needs);
        ConfigReader.Result result = reader.read();
        Set<String> faults = new LinkedHashSet<>(result.faults()); // those of defaults once
        TransactionContext transactions = OptionalApi.transactions(beanManager);
        units = OptionalApi.persistenceUnits(beanManager, transactions, loader);
        PoolAssembly assembly =
                new PoolAssembly(
                        beanManager, applicationBeans, values, loader, pools, transactions);
        List<ConnectionSource> sources = new ArrayList<>();
        for (PoolSettings settings : result.pools()) {
            if (settings.active()) {
                faults.addAll(
                        SettingsCheck.faults(settings, transactions != TransactionContext.NONE));
            }
            try {
                ConnectionSource source = assembly.assemble(settings);
                sources.add(source);
                UnitSettings unit = Objects.requireNonNull(result.units().get(settings.name()));
                if (unit.isConfigured()
                        || applicationBeans.wantUnit(
                                settings.name(), settings.name().equals(result.defaultPool()))) {
                    faults.addAll(units.add(source, unit, applicationBeans.archives()));
                }
            } catch (Drivers.NotFound e) {
                faults.add(e.getMessage());
            }
        }
        endsOfThreads = DriverCleanup.endsOfThreads(loaders());
        if (!faults.isEmpty()) {
            deregisterDrivers(RUNNING.get() == 0);
            if (!isConfiguredElsewhere(event, true)) {
                event.addDefinitionError(
                        new DeploymentException(
                                Message.CONFIGURATION_FAULTS.format(
                                        faults.size(), "- " + String.join("\n- ", faults))));
            }
            return;
        }
        Rehearsal.run(loader);
        RUNNING.incrementAndGet();
        running = true;
        BeanRegistration registration =
                new BeanRegistration(applicationBeans, instance, result.defaultPool(), requests);
        sources.forEach(source -> registration.addBeans(event, source));
        units.addBeans(event, requests, registration::qualifiers, instance);
        passes = RequestObservers.add(event, beanManager, requests, endOfRequest, transactions);
        if (OptionalApi.isPresent(HEALTH_API)) {
            HealthChecks.add(
                    event,
                    reader.poolsWithHealth(),
                    reader.poolsWithStartup(),
                    instance,
                    pools.all());
        }
    }

    /**
     * Reports that the configuration is in a file that Config does not read, as the only fault: others would mislead.
     */
    private boolean isConfiguredElsewhere(AfterBeanDiscovery event, boolean ofContextToo) {
        String elsewhere =
                ApplicationLoader.configuredElsewhere(
                        ConfigProvider.getConfig(loader),
                        applicationBeans.loaders(),
                        Key.ROOT,
                        ofContextToo);
        if (elsewhere != null) {
            event.addDefinitionError(new DeploymentException(elsewhere));
        }
        return elsewhere != null;
    }

    void surroundApplication(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        if (passes != null && OptionalApi.isOpenWebBeans(beanManager)) {
            requests.started(beanManager, passes);
        }
    }

    void findConnectionBeans(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        Set<Type> types = new LinkedHashSet<>(Set.of(Connection.class));
        types.addAll(units.sessionTypes());
        for (Type type : types) {
            for (Bean<?> bean : beanManager.getBeans(type, Any.Literal.INSTANCE)) {
                if (bean.getBeanClass() == ProxiedConnection.class || units.isSession(bean)) {
                    endOfRequest.noteConnection(bean, applicationBeans.want(bean));
                }
            }
        }
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beanManager) {
        if (running) {
            if (exports.isEmpty()) { // else it is another module of the same application
                exports = OptionalApi.exports(beanManager, pools.all());
            }
            pools.start();
            units.start();
            requests.start(pools.housekeeper());
        }
    }

    /**
     * Runs before the other extensions, because one of them may throw. It uses no class for the
     * first time: the application's class loader may already be stopped ({@link Rehearsal}).
     */
    void stop(@Observes @Priority(1) BeforeShutdown event) {
        if (running) {
            running = false;
            int others = RUNNING.decrementAndGet();
            for (Export export : exports) {
                try {
                    export.close();
                } catch (Throwable e) {
                    Log.notClosed("the export of metrics and spans, or JMX", e);
                }
            }
            units.close();
            try {
                pools.close();
            } catch (Throwable e) {
                Log.notClosed("the pools", e);
            }
            deregisterDrivers(others == 0);
        }
    }

    /**
     * The jar's own class loader is the application's; on Open Liberty it differs from the context
     * class loader. If several applications share the jar, it is cleaned only when no other one
     * still runs.
     */
    private void deregisterDrivers(boolean ownLoaderToo) {
        try {
            DriverCleanup.deregister(ownLoaderToo ? loaders() : Set.of(loader), endsOfThreads);
        } catch (Throwable e) {
            Log.notClosed("the registration of JDBC drivers", e);
        }
    }

    private Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(loader);
        loaders.add(CabstandExtension.class.getClassLoader());
        return loaders;
    }
}
