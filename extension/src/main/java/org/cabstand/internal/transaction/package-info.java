/**
 * The pools' part in JTA transactions: a branch for each pool and transaction, and the settings of the handles that
 * share its session.
 *
 * <p>Used by {@code handle}; {@code jta} implements its interfaces. It uses {@code pool}, and knows neither the API of
 * JTA nor handles.
 */
@NullMarked
package org.cabstand.internal.transaction;

import org.jspecify.annotations.NullMarked;
