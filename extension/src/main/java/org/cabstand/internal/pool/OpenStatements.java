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

    /** Guarded by the monitor; null before the first. */
    private List<TrackedResource> open;

    /** Written under the monitor; asked for at each return. */
    private volatile int size;

    synchronized void add(TrackedResource resource) {
        if (open == null) {
            open = new ArrayList<>(4);
        }
        open.add(resource);
        size = open.size();
    }

    synchronized void remove(TrackedResource resource) {
        if (!isEmpty()) {
            // the last one opened is the first one closed, nearly always
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i) == resource) {
                    open.remove(i);
                    size = open.size();
                    return;
                }
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
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
        if (isEmpty()) {
            return List.of();
        }
        synchronized (this) {
            return List.copyOf(open);
        }
    }
}
