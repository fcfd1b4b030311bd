package org.cabstand;

import java.time.Duration;
import java.time.Instant;

/**
 * A statement that took longer than {@code slow-sql}.
 *
 * <p>Thread safety: immutable.
 *
 * @param text its text, without parameters, and with literals hidden
 * @param place the line of the application that last ran it
 * @param count how often it was slow
 * @param total the total time of its slow executions
 * @param longest the longest of them
 * @param last when it was last slow
 */
public record SlowStatement(
        String text, String place, long count, Duration total, Duration longest, Instant last) {}
