package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    /** Closes and forgets all. */
    void closeAll() throws SQLException {
        List<TrackedResource> resources;
        synchronized (open) {
            if (open.isEmpty()) {
                return;
            }
            resources = List.copyOf(open);
            open.clear();
        }
        for (TrackedResource resource : resources) {
            resource.closeDelegate();
        }
    }
}
