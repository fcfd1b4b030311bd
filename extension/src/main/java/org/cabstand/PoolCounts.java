package org.cabstand;

/**
 * The counts of a pool at one moment.
 *
 * <p>Thread safety: immutable. The counts are read one after the other, while the pool is in use.
 *
 * @param active connections in use
 * @param idle open connections that are not in use
 * @param max the limit of open connections
 * @param waiting borrowers who wait for a connection
 * @param opening connections that are being opened
 */
public record PoolCounts(int active, int idle, int max, int waiting, int opening) {}
