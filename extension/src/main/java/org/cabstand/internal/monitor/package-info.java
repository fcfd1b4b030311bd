/**
 * What others may learn of a pool while it runs: events with their durations, the reasons why connections
 * leave it, and its counts.
 *
 * <p>Implemented by {@code flight} and {@code otel}, called by {@code pool}, and free for all to use. It uses
 * nothing but the log and the messages.
 */
package org.cabstand.internal.monitor;
