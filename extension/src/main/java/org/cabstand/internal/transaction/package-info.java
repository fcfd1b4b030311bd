/**
 * JTA transactions as pools take part in them: a branch for each pool and transaction, and what handles have
 * set on the session that they share.
 *
 * <p>Used by {@code handle}; {@code jta} implements its interfaces. It uses the pool, and knows neither the API
 * of JTA nor handles.
 */
@NullMarked
package org.cabstand.internal.transaction;

import org.jspecify.annotations.NullMarked;
