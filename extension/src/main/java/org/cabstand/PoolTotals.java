package org.cabstand;

import java.util.Map;

/**
 * What has happened in a pool since it was started.
 *
 * <p>Thread safety: immutable.
 *
 * @param borrows how often a connection was borrowed
 * @param opened how many connections were opened
 * @param timeouts how many borrowers have waited in vain
 * @param unfinished how often a connection came back with work that had to be rolled back
 * @param leaks how many connections were held for longer than {@code leak-timeout}
 * @param evictions how many connections were closed, by the reason
 */
public record PoolTotals(
        long borrows,
        long opened,
        long timeouts,
        long unfinished,
        long leaks,
        Map<String, Long> evictions) {}
