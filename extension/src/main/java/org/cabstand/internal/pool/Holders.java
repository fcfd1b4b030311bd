package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Describes who holds connections, where they were borrowed, and where those threads are now.
 *
 * <p>The place of the borrow is known with {@code leak-timeout} only. Without it only the thread is known, which may
 * have moved on to another request since.
 *
 * <p>Thread safety: stateless.
 */
final class Holders {

    private static final int SHOWN = 3;
    private static final int FRAMES = 3;
    private static final int FRAMES_OF_MANY = 2;

    private static final Comparator<PoolEntry> LONGEST_LAST =
            Comparator.comparingLong(session -> session.holding().nanos());

    private Holders() {}

    /** The name of a thread in reports. */
    static String name(@Nullable Thread thread) {
        if (thread == null) {
            return "nobody";
        }
        String name = thread.getName();
        return "thread '" + (name.isEmpty() ? "#" + thread.getId() : name) + "'";
    }

    /**
     * The oldest holders, as a clause for an error message; empty when nobody holds a connection.
     *
     * @param leakTimeout the key that makes places of borrows known
     */
    static String oldest(List<PoolEntry> sessions, String leakTimeout) {
        List<PoolEntry> held = new ArrayList<>(sessions);
        held.removeIf(session -> session.holding().thread() == null);
        held.sort(LONGEST_LAST.reversed());
        StringBuilder text = new StringBuilder();
        boolean toBeTraced = false;
        for (PoolEntry session : held.subList(0, Math.min(SHOWN, held.size()))) {
            Holder holder = Holder.of(session);
            if (holder != null) { // it may have been returned meanwhile
                text.append(text.length() == 0 ? " Held longest by " : "; ")
                        .append(name(holder.thread))
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        " for %.1f s",
                                        session.holding().nanos() / 1e9))
                        .append(holder.where(FRAMES_OF_MANY));
                toBeTraced |= holder.isGone() && holder.borrow.isEmpty();
            }
        }
        if (toBeTraced) {
            text.append(". '").append(leakTimeout).append("' shows where it was borrowed");
        }
        return text.length() == 0 ? "" : text.append('.').toString();
    }

    /** How long the calling thread has held connections, and where it borrowed the oldest, as a clause. */
    static String ofThisThread(List<PoolEntry> sessions, String leakTimeout) {
        Thread thread = Thread.currentThread();
        return sessions.stream()
                .filter(session -> session.holding().thread() == thread)
                .max(LONGEST_LAST)
                .map(
                        oldest -> {
                            String place = borrowed(oldest);
                            return String.format(
                                    Locale.ROOT,
                                    "; held for %.1f s%s",
                                    oldest.holding().nanos() / 1e9,
                                    place.isEmpty()
                                            ? ": '" + leakTimeout + "' shows where it was borrowed"
                                            : place);
                        })
                .orElse("");
    }

    /** Whether the calling thread seems to be at the same work for which it borrowed a connection. */
    static boolean isOfThisWork(PoolEntry session) {
        Holder holder = Holder.of(session);
        return holder == null || holder.isAtSameWork();
    }

    /** Who holds a connection, and where; empty when it was returned. */
    static String of(PoolEntry session) {
        Holder holder = Holder.of(session);
        return holder == null ? "" : name(holder.thread) + holder.where(FRAMES);
    }

    /** The place where a connection's unfinished work was begun; empty if unknown. */
    static String begun(PoolEntry session) {
        Trail trail = session.holding().trail();
        StackTraceElement[] stack = trail == null ? null : trail.beginning();
        return stack == null ? "" : Frames.shown(Frames.ofApplication(stack), FRAMES);
    }

    /** The place where a connection was borrowed, as a clause; empty if unknown. */
    static String borrowed(PoolEntry session) {
        Holder holder = Holder.of(session);
        return holder == null ? "" : holder.borrowed(FRAMES);
    }

    /** The current holder of a connection. */
    private static final class Holder {

        private final Thread thread;
        private final boolean usedByOther;

        /** The application's frames at the borrow; empty if unknown. */
        private final List<StackTraceElement> borrow;

        private final StackTraceElement[] stack;
        private final List<StackTraceElement> now;

        private Holder(Thread borrower, @Nullable Trail trail) {
            Thread later = trail == null ? null : trail.laterUser();
            thread = later == null ? borrower : later;
            usedByOther = later != null;
            StackTraceElement @Nullable [] noted = trail == null ? null : trail.borrowStack();
            borrow = noted == null ? List.of() : Frames.ofApplication(noted);
            stack = thread.getStackTrace();
            now = Frames.ofApplication(stack);
        }

        /** Null when it is idle. */
        static @Nullable Holder of(PoolEntry session) {
            Thread borrower = session.holding().thread();
            return borrower == null ? null : new Holder(borrower, session.holding().trail());
        }

        /** Whether it seems that it will not return the connection any more. */
        boolean isGone() {
            return !thread.isAlive() || now.isEmpty() && Frames.isIdle(stack);
        }

        boolean isAtSameWork() {
            return borrow.isEmpty() || Frames.isSameWork(borrow, now);
        }

        String borrowed(int frames) {
            return borrow.isEmpty() ? "" : ", borrowed at " + Frames.shown(borrow, frames);
        }

        String where(int frames) {
            return borrowed(frames) + whereNow(frames);
        }

        private String whereNow(int frames) {
            if (thread == Thread.currentThread() && isAtSameWork()) {
                return " (this thread)";
            }
            if (isGone()) {
                return " (that thread "
                        + (thread.isAlive() ? "is idle now" : "has ended")
                        + ": the connection was not returned)";
            }
            if (now.isEmpty()) {
                return " (that thread is not running application code now)";
            }
            if (!borrow.isEmpty() && usedByOther) {
                return ""; // it may still be at the same work
            }
            return isAtSameWork()
                    ? ", now at " + Frames.shown(now, frames)
                    : " (that thread has moved on; the connection was not returned)";
        }
    }

    /**
     * The place in the application that returns a connection.
     *
     * @return empty when it is not the application that does so, as at the end of a request
     */
    static String closer() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (Frames.isApplication(frame.getClassName())) {
                return Frames.shown(List.of(frame), 1);
            }
            if (Frames.isContainer(frame.getClassName())) {
                return "";
            }
        }
        return "";
    }
}
