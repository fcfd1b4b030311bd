/**
 * The observable side of a running pool: events with their durations, the reasons why connections leave it, and its
 * counts.
 *
 * <p>{@code flight} and {@code otel} implement it, {@code pool} calls it, and any package may use it. It uses only the
 * log and the messages.
 */
@NullMarked
package org.cabstand.internal.monitor;

import org.jspecify.annotations.NullMarked;
