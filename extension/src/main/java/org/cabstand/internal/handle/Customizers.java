package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.internal.Message;
import org.cabstand.internal.pool.Lease;

/**
 * Calls the application's customizers, which the pool watches: they have a time limit.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Customizers {

    private final String pool;
    private final Supplier<List<ConnectionCustomizer>> all;

    /** The threads that are inside a customizer. */
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    /** Written by a thread before it calls a customizer; only that thread needs to see it. */
    private boolean called;

    /**
     * The customizers of a pool.
     *
     * @param pool the name of the pool
     * @param all finds them; may throw when a bean cannot be made
     */
    Customizers(String pool, Supplier<List<ConnectionCustomizer>> all) {
        this.pool = pool;
        this.all = all;
    }

    /**
     * Finds the customizers to call.
     *
     * @throws SQLException when one cannot be made, or the calling thread is inside one
     */
    List<ConnectionCustomizer> find() throws SQLException {
        if (called && working.contains(Thread.currentThread())) {
            throw new SQLException(Message.NESTED_IN_CUSTOMIZER.format(pool), "HY010");
        }
        try {
            return all.get();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Has customizers prepare a connection.
     *
     * @param lease given back here when they fail
     * @throws SQLException when a customizer refuses, or takes too long
     */
    void prepare(Lease lease, List<ConnectionCustomizer> customizers) throws SQLException {
        boolean done = false;
        called = true;
        working.add(Thread.currentThread());
        lease.beginPreparing();
        try {
            for (ConnectionCustomizer customizer : customizers) {
                call(customizer, new CustomizerUse(lease));
            }
            lease.endPreparing();
            done = true;
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        } finally {
            working.remove(Thread.currentThread());
            if (!done) {
                lease.giveBack();
            }
        }
    }

    private void call(ConnectionCustomizer customizer, CustomizerUse use) throws SQLException {
        try {
            customizer.customize(pool, use.open());
        } finally {
            use.close();
        }
    }

    private SQLException failed(Exception e) {
        return new SQLException(
                Message.CUSTOMIZER_FAILED.format(pool, e.getMessage()),
                e instanceof SQLException error ? error.getSQLState() : null,
                e);
    }
}
