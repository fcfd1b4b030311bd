package org.cabstand;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection, as far as it can be seen from outside: a borrow records nothing but the thread and the time,
 * unless {@code leak-timeout} is set.
 *
 * <p>Thread safety: immutable.
 *
 * @param thread the name of the thread that borrowed it, or that has used it last
 * @param since when it was borrowed
 * @param frame where the application is now, as {@code com.acme.Reports.render(Reports.java:88)}; null when the thread
 *     is not in the application's code, has gone on to something else, or has ended
 * @param borrowedAt where it was borrowed, the innermost frame first; null without {@code leak-timeout}
 * @param note what is odd: that the thread is idle, has ended, or has gone on to something else; null when nothing is
 * @param stack where the thread is now, the innermost frame first, 50 at most; empty when it does something else
 * @param statement what runs on the connection, without values; null when nothing does, or nobody looks
 * @param leaving whether it is closed when it comes back
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
