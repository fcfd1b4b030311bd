/**
 * Opens the sessions of a database and keeps track of each: driver, credentials, set-up, reset, and the work done in
 * it.
 *
 * <p>Used by {@code pool} and the packages above it. It uses {@code config}, {@code database} and {@code jdbc}, and
 * knows neither pools nor Agroal.
 */
@NullMarked
package org.cabstand.internal.connect;

import org.jspecify.annotations.NullMarked;
