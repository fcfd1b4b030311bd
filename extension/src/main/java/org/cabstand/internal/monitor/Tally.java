package org.cabstand.internal.monitor;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts rare events of a pool, whether or not anybody measures them.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Tally {

    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong unfinished = new AtomicLong();
    private final Map<Eviction, AtomicLong> evictions = new ConcurrentHashMap<>();

    Tally() {
        // all counts are zero
    }

    void timedOut() {
        timeouts.incrementAndGet();
    }

    void unfinished() {
        unfinished.incrementAndGet();
    }

    void evicted(Eviction reason) {
        evictions.computeIfAbsent(reason, each -> new AtomicLong()).incrementAndGet();
    }

    /** {@return the number of borrowers who have waited in vain} */
    public long timeouts() {
        return timeouts.get();
    }

    /** {@return the number of returns with unfinished work} */
    public long unfinishedCount() {
        return unfinished.get();
    }

    /** {@return the number of sessions closed, by reason; without reasons that have not occurred} */
    public Map<String, Long> evictions() {
        Map<String, Long> counts = new TreeMap<>();
        evictions.forEach((reason, count) -> counts.put(reason.toString(), count.get()));
        return Collections.unmodifiableMap(counts);
    }
}
