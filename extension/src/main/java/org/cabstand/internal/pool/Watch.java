package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;

/**
 * Takes connections away from users who are stuck in foreign code, such as a return while the database is silent, or a
 * customizer that hangs; and from borrowers whose validation does not end.
 *
 * <p>Such code runs on the user's thread, because running it on another one would cost a switch of threads at each
 * return. The user only notes where it is, without reading the clock, and this class checks periodically whether it is
 * still there.
 *
 * <p>Thread safety: one check at a time, on the housekeeper's thread.
 */
final class Watch {

    /** The time between two checks, and so the precision of the limits. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** A user's stay in such code. */
    private record Stay(PoolEntry connection, long borrow, boolean returning) {}

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Validator validator;
    private final PoolReports reports;
    private final PoolExecutor threads;

    /** The beginning of each stay, by {@link System#nanoTime()}. */
    private final Map<Stay, Long> stays = new HashMap<>();

    Watch(
            PoolSettings settings,
            SessionFactory factory,
            SessionRegistry sessions,
            IdleConnections idle,
            Validator validator,
            PoolReports reports,
            PoolExecutor threads) {
        this.settings = settings;
        this.factory = factory;
        this.sessions = sessions;
        this.idle = idle;
        this.validator = validator;
        this.reports = reports;
        this.threads = threads;
    }

    void look() {
        long now = System.nanoTime();
        Set<Stay> present = new HashSet<>();
        for (PoolEntry connection : sessions.all()) {
            boolean returning = connection.isReturning();
            if (returning || connection.isPreparing()) {
                present.add(new Stay(connection, connection.holding().borrows(), returning));
            }
        }
        stays.keySet().retainAll(present);
        for (Stay stay : present) {
            long since = stays.computeIfAbsent(stay, first -> now);
            if (now - since >= limit(stay).of(settings).toNanos() && stay.connection().takeAway()) {
                takenAway(stay.connection(), stay.returning());
            }
        }
    }

    private static CallLimit limit(Stay stay) {
        if (stay.returning()) {
            return CallLimit.RETURN;
        }
        boolean isHeld = stay.connection().holding().thread() != null; // else it is being validated
        return isHeld ? CallLimit.PREPARE : CallLimit.VALIDATE;
    }

    private void takenAway(PoolEntry connection, boolean returning) {
        if (returning) {
            reports.returnOverdue(connection, connection.userName());
        }
        idle.evict(connection);
        // this ends a read from a socket; other waits end by the interrupt
        threads.executeIfOpen(
                () -> {
                    connection.session().cut();
                    if (factory.mayInterrupt()) {
                        connection.interruptUser();
                    }
                });
        validator.silent();
    }
}
