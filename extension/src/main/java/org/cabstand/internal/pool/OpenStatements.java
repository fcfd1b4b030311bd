package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.PooledStatement;
import org.cabstand.internal.jdbc.TrackedResource;

/**
 * What one use of a connection has opened and not closed yet.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class OpenStatements {

    /** Guarded by itself. */
    private final List<TrackedResource> open = new ArrayList<>(4);

    void add(TrackedResource resource) {
        synchronized (open) {
            open.add(resource);
        }
    }

    void remove(TrackedResource resource) {
        synchronized (open) {
            // the last one opened is the first one closed, nearly always
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i) == resource) {
                    open.remove(i);
                    return;
                }
            }
        }
    }

    boolean isEmpty() {
        synchronized (open) {
            return open.isEmpty();
        }
    }

    /** Cancels those that are being executed; it is not sure that a database hears of it. */
    void cancelAll() {
        for (TrackedResource resource : all()) {
            try {
                if (resource instanceof PooledStatement statement) {
                    statement.cancel();
                }
            } catch (SQLException | RuntimeException e) {
                Log.debug("a statement could not be cancelled", e);
            }
        }
    }

    /** Closes and forgets all. */
    void closeAll() throws SQLException {
        for (TrackedResource resource : all()) {
            remove(resource);
            resource.closeDelegate();
        }
    }

    private List<TrackedResource> all() {
        synchronized (open) {
            return open.isEmpty() ? List.of() : List.copyOf(open);
        }
    }
}
