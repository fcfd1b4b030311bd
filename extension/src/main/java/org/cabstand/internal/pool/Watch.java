package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;

/**
 * Takes connections from users who do not come out of code that is not ours: a return on a database that
 * has fallen silent, a customizer that hangs.
 *
 * <p>Such code runs on the user's thread, where a limit by another thread would cost a change of threads at
 * each return. So the user only notes where it is, without reading the clock, and this looks from time to
 * time whether somebody is still where they were.
 *
 * <p>Thread safety: one look at a time, on the housekeeper's thread.
 */
final class Watch {

    /** How often to look: a limit is kept to this. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** One stay in such code. */
    private record Stay(PoolEntry connection, long borrow, boolean returning) {}

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Validator validator;
    private final PoolReports reports;
    private final PoolExecutor threads;

    /** Since when, by {@link System#nanoTime()}. */
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
            CallLimit limit = stay.returning() ? CallLimit.RETURN : CallLimit.PREPARE;
            if (now - since >= limit.of(settings).toNanos() && stay.connection().takeAway()) {
                takenAway(stay.connection(), stay.returning());
            }
        }
    }

    private void takenAway(PoolEntry connection, boolean returning) {
        if (returning) {
            reports.returnOverdue(connection, connection.userName());
        }
        idle.evict(connection);
        // what is read from a socket ends by that, what waits in another way by the interrupt
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
