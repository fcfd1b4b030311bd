package org.cabstand.internal.jta;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.jta.ServerServices.Services;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * JTA through its standard API, on every server. No other package mentions that API.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class JtaContext implements TransactionContext {

    /** The key under which the registry keeps our view of each transaction. */
    private final Object key = new Object();

    private final ServerServices server;

    /**
     * Looks up nothing yet, because only threads of the application see some of the names.
     *
     * @param beanManager the application's
     */
    public JtaContext(BeanManager beanManager) {
        this.server = new ServerServices(beanManager);
    }

    @Override
    public @Nullable GlobalTransaction current(String pool) throws SQLException {
        Services found = server.get();
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

    @Override
    public @Nullable Object ofThread() throws SQLException {
        Services found = server.get();
        try {
            return found == null ? null : found.manager().getTransaction();
        } catch (SystemException e) {
            throw new SQLException("the thread's transaction is not known", "25000", e);
        }
    }

    @Override
    public String abandon() throws SQLException {
        Services found = Objects.requireNonNull(server.get());
        String before = name(found.registry().getTransactionStatus());
        try {
            try {
                found.manager().rollback();
            } finally {
                if (found.manager().getTransaction() != null) {
                    found.manager().suspend(); // it has timed out, or cannot be rolled back
                }
            }
        } catch (SystemException | RuntimeException e) {
            Log.debug("a transaction that a test has left cannot be rolled back", e);
        }
        return before;
    }

    @Override
    public void endAbandoned() {
        Services known = server.known(); // before there are any, no pool takes part in anything
        if (known != null
                && known.registry().getTransactionStatus() != Status.STATUS_NO_TRANSACTION
                && known.registry().getResource(key) instanceof JtaTransaction abandoned) {
            abandoned.abandon(known.manager());
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
        Services found = server.get();
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
        Objects.requireNonNull(server.get())
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
                            Services known = server.get();
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
}
