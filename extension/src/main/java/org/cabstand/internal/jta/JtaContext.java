package org.cabstand.internal.jta;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * JTA through its standard API, on every server. No other package mentions that API.
 *
 * <p>No standard says where a server keeps its TransactionManager. These are the names of Open
 * Liberty and TomEE, WildFly, Payara and GlassFish; Helidon has a bean.
 *
 * <p>Thread safety: safe for concurrent use. {@code services} is written when there is something to
 * remember; two threads that look at the same time find the same.
 */
public final class JtaContext implements TransactionContext {

    private static final List<String> MANAGERS =
            List.of(
                    "java:comp/TransactionManager",
                    "java:jboss/TransactionManager",
                    "java:appserver/TransactionManager");
    private static final List<String> REGISTRIES =
            List.of("java:comp/TransactionSynchronizationRegistry");

    /** The services of the server. */
    private record Services(
            TransactionManager manager, TransactionSynchronizationRegistry registry) {}

    /** The key under which the registry keeps our view of each transaction. */
    private final Object key = new Object();

    private final BeanManager beanManager;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile @Nullable Services services;

    /** There are no services on any thread. */
    private volatile boolean none;

    /**
     * Looks up nothing yet, because only threads of the application see some of the names.
     *
     * @param beanManager the application's
     */
    public JtaContext(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    @Override
    public @Nullable GlobalTransaction current(String pool) throws SQLException {
        Services found = services();
        if (found == null) {
            return null;
        }
        int status = found.registry().getTransactionStatus();
        switch (status) {
            case Status.STATUS_NO_TRANSACTION:
                return null;
            case Status.STATUS_ACTIVE:
                return current(found, pool);
            case Status.STATUS_MARKED_ROLLBACK:
                JtaTransaction marked = current(found, pool);
                if (marked.isTimedOut()) {
                    throw wrongStatus("timed out", pool);
                }
                return marked;
            default:
                throw wrongStatus(name(status), pool);
        }
    }

    /**
     * The transaction manager, for a JPA provider. It is looked up at each use.
     *
     * @return a {@code TransactionManager} that reports no transaction if the server has none
     */
    public Object manager() {
        return lazy(TransactionManager.class, Services::manager);
    }

    /**
     * The synchronization registry, for a JPA provider. It is looked up at each use.
     *
     * @return a {@code TransactionSynchronizationRegistry} that reports no transaction if the server has none
     */
    public Object registry() {
        return lazy(TransactionSynchronizationRegistry.class, Services::registry);
    }

    /**
     * The status of the thread's transaction.
     *
     * @return one of {@code jakarta.transaction.Status}
     */
    public int status() {
        Services found = services();
        return found == null
                ? Status.STATUS_NO_TRANSACTION
                : found.registry().getTransactionStatus();
    }

    /**
     * Whether the thread is in a transaction that can still be committed.
     *
     * @return true when it is active
     */
    public boolean isActive() {
        return status() == Status.STATUS_ACTIVE;
    }

    /**
     * Registers a callback around the end of the thread's transaction. It runs after the application's own
     * synchronizations, which may still change something.
     *
     * @param synchronization a {@code jakarta.transaction.Synchronization}
     */
    public void register(Object synchronization) {
        Objects.requireNonNull(services())
                .registry()
                .registerInterposedSynchronization((Synchronization) synchronization);
    }

    private <T> T lazy(Class<T> type, Function<Services, T> service) {
        return type.cast(
                Proxy.newProxyInstance(
                        JtaContext.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            if (method.getDeclaringClass() == Object.class) {
                                return method.invoke(this, arguments);
                            }
                            Services known = services();
                            if (known == null) {
                                return withoutServices(method);
                            }
                            try {
                                return method.invoke(service.apply(known), arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    /**
     * Answers for a thread that finds no services, and so is in no transaction: Open Liberty shows them to its own
     * threads only.
     */
    private static @Nullable Object withoutServices(Method method) {
        if (method.getReturnType() == int.class) {
            return Status.STATUS_NO_TRANSACTION;
        }
        if (method.getName().startsWith("get") || method.getName().equals("suspend")) {
            return null; // the transaction, its key, or a resource of it
        }
        throw new IllegalStateException("no transaction manager is found for this thread");
    }

    static SQLException wrongStatus(String status, String pool) {
        return new SQLException(Message.TRANSACTION_STATUS.format(status, pool), "25000");
    }

    private JtaTransaction current(Services found, String pool) throws SQLException {
        try {
            if (found.registry().getResource(key) instanceof JtaTransaction known) {
                return known;
            }
            Transaction transaction = found.manager().getTransaction();
            if (transaction == null) { // it ended a moment ago on another thread
                throw wrongStatus("over", pool);
            }
            JtaTransaction begun = new JtaTransaction(transaction, found.registry());
            found.registry().putResource(key, begun);
            return begun;
        } catch (SystemException | IllegalStateException e) {
            throw new SQLException(Message.NOT_ENLISTED.format(pool, e), "25000", e);
        }
    }

    static String name(int status) {
        return switch (status) {
            case Status.STATUS_ACTIVE -> "active";
            case Status.STATUS_MARKED_ROLLBACK -> "marked for rollback";
            case Status.STATUS_PREPARED -> "prepared";
            case Status.STATUS_COMMITTED -> "committed";
            case Status.STATUS_ROLLEDBACK -> "rolled back";
            case Status.STATUS_NO_TRANSACTION -> "none";
            case Status.STATUS_PREPARING -> "preparing";
            case Status.STATUS_COMMITTING -> "committing";
            case Status.STATUS_ROLLING_BACK -> "rolling back";
            default -> "in an unknown state";
        };
    }

    // lookup of the services

    private @Nullable Services services() {
        Services known = services;
        return known != null || none ? known : find();
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
