package org.cabstand.internal.monitor;

/**
 * A pool at one moment.
 *
 * <p>Thread safety: immutable. The numbers are read one after the other, while the pool goes on.
 *
 * @param active connections in use
 * @param idle open connections that are not in use
 * @param max the limit of open connections
 * @param waiting borrowers who wait for a connection
 */
public record PoolState(int active, int idle, int max, int waiting) {}
