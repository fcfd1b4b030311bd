package org.cabstand;

import java.time.Duration;
import java.time.Instant;

/**
 * A statement that took longer than {@code slow-sql}.
 *
 * <p>Thread safety: immutable.
 *
 * @param text its text, without parameters, and with literals hidden
 * @param place the line of the application that ran it last
 * @param count how often it was slow
 * @param total how long it took, all of these times together
 * @param longest how long it took at most
 * @param last when it was slow last
 */
public record SlowStatement(
        String text, String place, long count, Duration total, Duration longest, Instant last) {}
