package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Log;

/**
 * What one use of a connection has opened and not closed yet.
 *
 * <p>A list linked through its members: an application may close them in any order, and have many.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class OpenStatements {

    /** From how many on those that the driver has closed by itself are looked for. */
    private static final int MANY = 64;

    /** Guarded by the monitor. */
    private TrackedResource newest;

    /** Written under the monitor; asked for at each return. */
    private volatile int size;

    /** Guarded by the monitor: when to look for them again. */
    private int tooMany = MANY;

    /** Of a use that has opened nothing yet. */
    public OpenStatements() {
        // nothing is open
    }

    /**
     * Remembers what was opened.
     *
     * @param resource in no such list yet
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
     * Forgets what was closed.
     *
     * @param resource in this list, or not any more
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
     * Whether there is nothing to close.
     *
     * @return true without asking a driver
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Whether the application has anything left to read or to run: what the driver has closed by itself,
     * or was read to its end, counts no more.
     *
     * @return true also when there is something to close
     */
    public boolean isIdle() {
        return all().stream().allMatch(OpenStatements::isDone);
    }

    private void forgetDone() {
        // outside of the monitor: a driver may wait for a statement that runs
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

    /** Cancels those that are being executed; it is not sure that a database hears of it. */
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
     * Closes and forgets all.
     *
     * @throws SQLException when the driver cannot; that one and the rest are left then
     */
    public void closeAll() throws SQLException {
        for (TrackedResource resource : all()) {
            resource.closeDelegate();
            remove(resource);
        }
    }

    /**
     * Leaves to another what could not be closed here.
     *
     * @param other whose end comes later
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
