package org.cabstand;

import java.util.Map;

/**
 * The totals of a pool since its start.
 *
 * <p>Thread safety: immutable.
 *
 * @param borrows the number of borrows
 * @param opened the number of connections opened
 * @param timeouts the number of borrowers who have waited in vain
 * @param unfinished the number of returns with unfinished work, which was rolled back
 * @param leaks the number of connections that were held for longer than {@code leak-timeout}
 * @param evictions the number of connections closed, by reason
 */
public record PoolTotals(
        long borrows,
        long opened,
        long timeouts,
        long unfinished,
        long leaks,
        Map<String, Long> evictions) {}
