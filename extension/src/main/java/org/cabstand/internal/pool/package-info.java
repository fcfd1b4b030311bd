/**
 * Who gets which session: the queue of those who wait, the cache, the opener, validation, limits on foreign code.
 *
 * <p>Used by {@code transaction} and what stands above it. It uses {@code agroal} and {@code connect}, and knows neither
 * transactions nor customizers. {@link org.cabstand.internal.pool.ConnectionPool} is its face, {@code PoolParts} shows what it
 * is made of.
 */
@NullMarked
package org.cabstand.internal.pool;

import org.jspecify.annotations.NullMarked;
