package org.cabstand;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The holder of a connection, as far as it can be seen from outside. Unless {@code leak-timeout} is set, a borrow
 * records only the thread and the time.
 *
 * <p>Thread safety: immutable.
 *
 * @param thread the name of the thread that borrowed it, or that has used it last
 * @param since when it was borrowed
 * @param frame the application's current frame, such as {@code com.acme.Reports.render(Reports.java:88)}; null when the
 *     thread is not in the application's code, has moved on to other work, or has ended
 * @param borrowedAt where it was borrowed, the innermost frame first; null without {@code leak-timeout}
 * @param note an anomaly: the thread is idle, has ended, or has moved on to other work; null if there is none
 * @param stack the thread's current stack, the innermost frame first, 50 frames at most; empty when it is at other work
 * @param statement the statement that is running on the connection, without values; null when none is, or statements
 *     are not watched
 * @param leaving whether it will be closed when it is returned
 */
public record Holder(
        String thread,
        Instant since,
        @Nullable String frame,
        @Nullable String borrowedAt,
        @Nullable String note,
        List<String> stack,
        @Nullable String statement,
        boolean leaving) {}
