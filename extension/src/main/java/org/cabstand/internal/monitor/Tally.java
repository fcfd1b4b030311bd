package org.cabstand.internal.monitor;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens seldom in a pool, whether or not somebody measures it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Tally {

    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong unfinished = new AtomicLong();
    private final Map<Eviction, AtomicLong> evictions = new ConcurrentHashMap<>();

    Tally() {
        // nothing has happened yet
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

    /** {@return how many borrowers have waited in vain} */
    public long timeouts() {
        return timeouts.get();
    }

    /** {@return how often unfinished work was rolled back} */
    public long unfinishedCount() {
        return unfinished.get();
    }

    /** {@return how many sessions were closed, by the reason; without reasons that there were none for} */
    public Map<String, Long> evictions() {
        Map<String, Long> counts = new TreeMap<>();
        evictions.forEach((reason, count) -> counts.put(reason.toString(), count.get()));
        return Collections.unmodifiableMap(counts);
    }
}
