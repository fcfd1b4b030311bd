package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.internal.pool.Borrower;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.transaction.ResourceManager;
import org.cabstand.internal.transaction.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * The source of an application's connections: a pool, the transactions that it takes part in, and the customizers
 * that prepare what it hands out.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class ConnectionSource {

    private final ConnectionPool pool;
    private final ResourceManager manager;
    private final Customizers customizers;

    /**
     * The one source of a pool's connections.
     *
     * @param pool the pool
     * @param transactions finds the JTA transaction of a thread
     * @param customizers finds the application's customizers; called at each borrow
     */
    public ConnectionSource(
            ConnectionPool pool,
            TransactionContext transactions,
            Supplier<List<ConnectionCustomizer>> customizers) {
        this.pool = pool;
        this.manager = new ResourceManager(pool, transactions);
        this.customizers = new Customizers(pool.name(), customizers);
    }

    /** {@return the pool} */
    public ConnectionPool pool() {
        return pool;
    }

    /** {@return the pool as JTA sees it} */
    ResourceManager manager() {
        return manager;
    }

    /**
     * Borrows a connection, prepared by the customizers.
     *
     * @param borrower as in {@link ConnectionPool#borrow}
     */
    Lease borrow(@Nullable Borrower borrower) throws SQLException {
        // first, so that beans that cannot be made do not cost a connection
        List<ConnectionCustomizer> called = customizers.find();
        Lease lease = pool.borrow(borrower);
        if (!called.isEmpty()) {
            customizers.prepare(lease, called);
        }
        return lease;
    }
}
