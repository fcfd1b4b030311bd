package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cabstand.internal.config.PoolSettings;

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
    private final Opener opener;
    private final Consumer<PoolEntry> lost;

    /** Since when, by {@link System#nanoTime()}. */
    private final Map<Stay, Long> stays = new HashMap<>();

    /**
     * Watches a pool.
     *
     * @param lost told of each connection that was taken away; must not wait
     */
    Watch(PoolSettings settings, Opener opener, Consumer<PoolEntry> lost) {
        this.settings = settings;
        this.opener = opener;
        this.lost = lost;
    }

    void look() {
        long now = System.nanoTime();
        Set<Stay> present = new HashSet<>();
        for (PoolEntry connection : opener.sessions()) {
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
                lost.accept(stay.connection());
            }
        }
    }
}
