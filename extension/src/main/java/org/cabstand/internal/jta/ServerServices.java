package org.cabstand.internal.jta;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server's JTA services.
 *
 * <p>No standard says where a server keeps its TransactionManager. These are the names of Open
 * Liberty and TomEE, WildFly, Payara and GlassFish; Helidon has a bean.
 *
 * <p>Thread safety: safe for concurrent use. {@code services} is written when there is something to
 * remember; two threads that look at the same time find the same.
 */
final class ServerServices {

    private static final List<String> MANAGERS =
            List.of(
                    "java:comp/TransactionManager",
                    "java:jboss/TransactionManager",
                    "java:appserver/TransactionManager");
    private static final List<String> REGISTRIES =
            List.of("java:comp/TransactionSynchronizationRegistry");

    /** The services of the server. */
    record Services(TransactionManager manager, TransactionSynchronizationRegistry registry) {}

    private final BeanManager beanManager;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile @Nullable Services services;

    /** There are no services on any thread. */
    private volatile boolean none;

    /** Looks up nothing yet, because only threads of the application see some of the names. */
    ServerServices(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    /** Null if this thread finds none. */
    @Nullable Services get() {
        Services known = services;
        return known != null || none ? known : find();
    }

    /** Null if no thread has found any yet. */
    @Nullable Services known() {
        return services;
    }

    /**
     * Remembers success. Also remembers that there is neither JNDI nor a bean, because that is the
     * same on every thread. A missing name is not remembered, because it may be missing for this
     * thread only.
     */
    private @Nullable Services find() {
        boolean forEver = false;
        TransactionManager manager = null;
        TransactionSynchronizationRegistry registry = null;
        try {
            InitialContext context = new InitialContext();
            try {
                manager = lookUp(context, MANAGERS, TransactionManager.class);
                registry = lookUp(context, REGISTRIES, TransactionSynchronizationRegistry.class);
            } finally {
                context.close();
            }
        } catch (NoInitialContextException e) {
            forEver = true;
        } catch (NamingException e) {
            Log.debug("JNDI cannot be asked for the TransactionManager", e);
        }
        if (manager == null) {
            manager = bean(TransactionManager.class);
        }
        if (registry == null) {
            registry = bean(TransactionSynchronizationRegistry.class);
        }
        if (manager != null && registry != null) {
            Services found = new Services(manager, registry);
            services = found;
            return found;
        }
        if (reported.compareAndSet(false, true)) {
            Log.log(
                    Level.INFO,
                    Message.NO_TRANSACTION_MANAGER.format(
                            manager == null
                                    ? "TransactionManager"
                                    : "TransactionSynchronizationRegistry",
                            manager == null ? MANAGERS : REGISTRIES));
        }
        if (forEver) {
            none = true;
        }
        return null;
    }

    private static <T> @Nullable T lookUp(InitialContext context, List<String> names, Class<T> type)
            throws NoInitialContextException {
        for (String name : names) {
            try {
                Object found = context.lookup(name);
                if (type.isInstance(found)) {
                    return type.cast(found);
                }
            } catch (NoInitialContextException e) {
                throw e;
            } catch (NamingException e) {
                Log.debug("no " + name + ": " + e.getMessage());
            }
        }
        return null;
    }

    private <T> @Nullable T bean(Class<T> type) {
        Set<Bean<?>> beans = beanManager.getBeans(type, Any.Literal.INSTANCE);
        if (beans.isEmpty()) {
            return null;
        }
        Bean<?> bean = beanManager.resolve(beans);
        return type.cast(
                beanManager.getReference(bean, type, beanManager.createCreationalContext(bean)));
    }
}
