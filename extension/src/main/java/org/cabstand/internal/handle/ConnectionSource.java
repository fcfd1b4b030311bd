package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.NamedPool;
import org.cabstand.internal.transaction.ResourceManager;
import org.cabstand.internal.transaction.TransactionContext;

/**
 * Where an application's connections borrow: a pool, with the transactions that it takes part in and the
 * customizers that prepare what it hands out.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class ConnectionSource {

    private final NamedPool pool;
    private final ResourceManager manager;
    private final Customizers customizers;

    /**
     * The source of a pool's connections; the only one that takes part in transactions.
     *
     * @param pool the pool
     * @param transactions knows the JTA transactions of threads
     * @param customizers the application's customizers, asked for at each borrow
     */
    public ConnectionSource(
            NamedPool pool,
            TransactionContext transactions,
            Supplier<List<ConnectionCustomizer>> customizers) {
        this.pool = pool;
        this.manager = new ResourceManager(pool, transactions);
        this.customizers = new Customizers(pool.name(), customizers);
    }

    /**
     * The pool.
     *
     * @return where it borrows
     */
    public NamedPool pool() {
        return pool;
    }

    /** The pool as JTA sees it. */
    ResourceManager manager() {
        return manager;
    }

    /**
     * Borrows a connection and has it prepared.
     *
     * @param borrower as {@link NamedPool#borrow} wants it
     */
    Lease borrow(Lease.Borrower borrower) throws SQLException {
        // before there is a connection: beans that cannot be made must not cost one
        List<ConnectionCustomizer> called = customizers.find();
        Lease lease = pool.borrow(borrower);
        if (!called.isEmpty()) {
            customizers.prepare(lease, called);
        }
        return lease;
    }
}
