package org.cabstand.internal.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionBranch;
import org.jspecify.annotations.Nullable;

/**
 * A JTA transaction and the pools that take part in it.
 *
 * <p>Created when the first pool is used in the transaction, and kept by the server as a resource
 * of it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class JtaTransaction implements GlobalTransaction {

    private final Transaction transaction;
    private final TransactionSynchronizationRegistry registry;

    /** Guarded by itself. */
    private final List<TransactionBranch> branches = new ArrayList<>(2);

    private final Map<Object, Attachment> attached = new ConcurrentHashMap<>(2);

    JtaTransaction(Transaction transaction, TransactionSynchronizationRegistry registry) {
        this.transaction = transaction;
        this.registry = registry;
    }

    @Override
    public @Nullable TransactionBranch branch(ConnectionPool pool) {
        synchronized (branches) {
            for (TransactionBranch branch : branches) {
                if (branch.pool() == pool) {
                    return branch;
                }
            }
            return null;
        }
    }

    @Override
    public void admit(ConnectionPool pool) throws SQLException {
        checkActive(pool.name());
        synchronized (branches) {
            for (TransactionBranch branch : branches) {
                if (!isXa(pool) || !isXa(branch.pool())) {
                    throw new SQLException(
                            Message.SECOND_POOL.format(
                                    pool.name(),
                                    branch.pool().name(),
                                    pool.settings().keyOf(Key.TRANSACTIONS),
                                    branch.pool().settings().keyOf(Key.TRANSACTIONS)),
                            "25000");
                }
            }
        }
    }

    private void checkActive(String pool) throws SQLException {
        int status = registry.getTransactionStatus();
        if (status != Status.STATUS_ACTIVE) {
            throw JtaContext.wrongStatus(JtaContext.name(status), pool);
        }
    }

    private static boolean isXa(ConnectionPool pool) {
        return pool.settings().transactions() == Transactions.XA;
    }

    @Override
    public void enlist(TransactionBranch branch) throws SQLException {
        try {
            atEnd(branch::ended);
            if (!transaction.enlistResource(branch)) {
                throw notEnlisted(branch, branch.failure());
            }
        } catch (RollbackException | SystemException | IllegalStateException e) {
            Exception failure = branch.failure();
            throw notEnlisted(branch, failure == null ? e : failure);
        }
        synchronized (branches) {
            branches.add(branch);
        }
    }

    private void atEnd(Runnable task) {
        registry.registerInterposedSynchronization(
                new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        // participants learn this from their XAResource
                    }

                    @Override
                    public void afterCompletion(int status) {
                        task.run();
                    }
                });
    }

    @Override
    public @Nullable Attachment attached(Object key) {
        return attached.get(key);
    }

    @Override
    public Attachment attach(Object key, Supplier<? extends Attachment> maker, String pool)
            throws SQLException {
        checkActive(pool);
        Attachment made = maker.get();
        boolean isAttached = false;
        try {
            atEnd(made::ended);
            attached.put(key, made);
            isAttached = true;
        } catch (IllegalStateException e) {
            throw new SQLException(Message.NOT_ENLISTED.format(pool, e), "25000", e);
        } finally {
            if (!isAttached) {
                made.ended();
            }
        }
        return made;
    }

    private static SQLException notEnlisted(TransactionBranch branch, @Nullable Exception reason) {
        return new SQLException(
                Message.NOT_ENLISTED.format(
                        branch.pool().name(), reason == null ? "it gives no reason" : reason),
                "25000",
                reason);
    }

    /** Rolls back what a thread leaves open that goes back to its server. */
    void abandon(TransactionManager manager) {
        Log.log(Level.WARNING, Message.TRANSACTION_ABANDONED.format(participants()));
        try {
            manager.rollback();
        } catch (SystemException | RuntimeException e) {
            Log.log(Level.WARNING, Message.TRANSACTION_NOT_ENDED.format(e), e);
        }
    }

    private String participants() {
        synchronized (branches) {
            return branches.stream()
                    .map(branch -> "'" + branch.pool().name() + "'")
                    .collect(Collectors.joining(", "));
        }
    }

    /** Called if the transaction is marked for rollback. */
    boolean isTimedOut() {
        return TimeLimit.isOver(transaction);
    }
}
