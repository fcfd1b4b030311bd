/**
 * Opens sessions of a database, and knows how each of them stands: the driver, credentials, set-up, reset,
 * and what was done in the session.
 *
 * <p>Used by {@code pool} and what is above it. It uses {@code config}, {@code database} and {@code jdbc}, and
 * knows neither pools nor Agroal.
 */
@NullMarked
package org.cabstand.internal.connect;

import org.jspecify.annotations.NullMarked;
