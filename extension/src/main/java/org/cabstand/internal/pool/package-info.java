/**
 * The pool: who gets which session. Queue, cache, opener, validation, limits on foreign code.
 *
 * <p>Used by {@code transaction} and the packages above it. It uses {@code agroal} and {@code connect}, and knows
 * neither transactions nor customizers. Start reading at {@link org.cabstand.internal.pool.ConnectionPool};
 * {@code PoolParts} shows how the parts are connected.
 */
@NullMarked
package org.cabstand.internal.pool;

import org.jspecify.annotations.NullMarked;
