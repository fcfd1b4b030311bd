package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.MultipleAcquisition;
import org.cabstand.internal.config.PoolSettings;

/**
 * Finds threads that take a second connection while they hold one, outside of JTA. With as many such threads as
 * connections, all wait for each other.
 *
 * <p>A connection is not the thread's own if another thread uses it, a transaction holds it, or an earlier request has
 * forgotten it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class SecondConnections {

    /** Beyond this many, places are reported at DEBUG only. */
    private static final int PLACES_TO_WARN_OF = 100;

    private final PoolSettings settings;
    private final SessionRegistry sessions;
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

    SecondConnections(PoolSettings settings, SessionRegistry sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /** Whether this is switched on; then the place of each borrow must be noted. */
    static boolean areLookedFor(PoolSettings settings) {
        return settings.watching().multipleAcquisition() != MultipleAcquisition.OFF;
    }

    /**
     * Called before the calling thread borrows outside of JTA.
     *
     * @throws SQLException when it is its second connection, and forbidden
     */
    void check() throws SQLException {
        Thread thread = Thread.currentThread();
        for (PoolEntry session : sessions.all()) {
            Holding holding = session.holding();
            Trail trail = holding.trail();
            if (trail != null
                    && !trail.isOfTransaction()
                    && holding.isOnlyBy(thread)
                    && Holders.isOfThisWork(session)) {
                found(session);
                return; // one of them reports it
            }
        }
    }

    private void found(PoolEntry first) throws SQLException {
        String place = Holders.here();
        String message =
                Message.SECOND_CONNECTION.format(
                        settings.name(),
                        Holders.name(Thread.currentThread()),
                        place.isEmpty() ? "" : " at " + place,
                        String.format(Locale.ROOT, "%.1f", first.holding().nanos() / 1e9),
                        Holders.borrowed(first),
                        settings.keyOf(Key.MULTIPLE_ACQUISITION));
        if (settings.watching().multipleAcquisition() == MultipleAcquisition.FAIL) {
            throw new SQLException(message, "08004");
        }
        boolean isNew = warnedOf.size() < PLACES_TO_WARN_OF && warnedOf.add(place);
        Log.log(isNew ? Level.WARNING : Level.DEBUG, message);
    }
}
