package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Log;

/**
 * The open statements and results of one use of a connection.
 *
 * <p>They form a list that is linked through its members, because an application may have many of them and close them
 * in any order.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class OpenStatements {

    /** The size from which on it looks for members that the driver has closed by itself. */
    private static final int MANY = 64;

    /** Guarded by the monitor. */
    private TrackedResource newest;

    /** Written under the monitor, read at each return. */
    private volatile int size;

    /** The size at which to look for them again. Guarded by the monitor. */
    private int tooMany = MANY;

    /** An empty list. */
    public OpenStatements() {
        // empty
    }

    /**
     * Adds an open resource.
     *
     * @param resource one that is in no list yet
     */
    public void add(TrackedResource resource) {
        if (link(resource)) {
            forgetDone();
        }
    }

    private synchronized boolean link(TrackedResource resource) {
        resource.older = newest;
        if (newest != null) {
            newest.newer = resource;
        }
        newest = resource;
        int now = size + 1;
        size = now;
        return now > tooMany;
    }

    /**
     * Removes a closed resource.
     *
     * @param resource one that is, or was, in this list
     */
    public synchronized void remove(TrackedResource resource) {
        if (resource != newest && resource.newer == null) {
            return;
        }
        if (resource == newest) {
            newest = resource.older;
        } else {
            resource.newer.older = resource.older;
        }
        if (resource.older != null) {
            resource.older.newer = resource.newer;
        }
        resource.older = null;
        resource.newer = null;
        size--;
    }

    /**
     * Whether nothing is left to close.
     *
     * @return without asking the driver
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Whether the application has nothing left to read or run. Results that the driver has closed by itself, or that
     * were read to their end, do not count.
     *
     * @return also true if something is left to close
     */
    public boolean isIdle() {
        return all().stream().allMatch(OpenStatements::isDone);
    }

    private void forgetDone() {
        // without the monitor: a driver may wait for a running statement
        all().stream().filter(OpenStatements::isDone).forEach(this::remove);
        synchronized (this) {
            tooMany = Math.max(MANY, 2 * size);
        }
    }

    private static boolean isDone(TrackedResource resource) {
        try {
            return resource.isDone();
        } catch (SQLException | RuntimeException | Error e) {
            Log.debug("a driver does not say whether something is closed", e);
            return false;
        }
    }

    /** Cancels running statements; the database may not hear of it. */
    public void cancelAll() {
        for (TrackedResource resource : all()) {
            try {
                resource.cancelDelegate();
            } catch (SQLException | RuntimeException | Error e) {
                Log.debug("a statement could not be cancelled", e);
            }
        }
    }

    /**
     * Closes and removes all.
     *
     * @throws SQLException when the driver fails to close one; that one and the rest stay in the list
     */
    public void closeAll() throws SQLException {
        for (TrackedResource resource : all()) {
            resource.closeDelegate();
            remove(resource);
        }
    }

    /**
     * Moves what could not be closed here to another list.
     *
     * @param other one that is closed later
     */
    public void leaveTo(OpenStatements other) {
        for (TrackedResource resource : all()) {
            remove(resource);
            other.add(resource);
        }
    }

    /** The newest one first. */
    private List<TrackedResource> all() {
        if (isEmpty()) {
            return List.of();
        }
        synchronized (this) {
            List<TrackedResource> all = new ArrayList<>(size);
            for (TrackedResource each = newest; each != null; each = each.older) {
                all.add(each);
            }
            return all;
        }
    }
}
