package org.cabstand.internal.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.cabstand.Holder;
import org.cabstand.internal.jdbc.ConnectionUse;
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
    private static final int FRAMES_OF_STACK = 50;

    /** When a thread began to hold a connection, which it may have returned meanwhile. */
    private record Held(PoolEntry session, long since) {}

    /** Prefixes of the handles' classes, which the application calls. */
    private static final String STATEMENTS = ConnectionUse.class.getPackageName() + ".";

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
        List<Held> all = oldestFirst(sessions);
        StringBuilder text = new StringBuilder();
        boolean toBeTraced = false;
        for (Held held : all.subList(0, Math.min(SHOWN, all.size()))) {
            PoolEntry session = held.session();
            Hold holder = Hold.of(session);
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
        return oldestFirst(sessions).stream()
                .map(Held::session)
                .filter(session -> session.holding().thread() == thread)
                .findFirst()
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
        Hold holder = Hold.of(session);
        return holder == null || holder.isAtSameWork();
    }

    /** Whether the thread that used it last has ended, or waits for other work. */
    static boolean haveForgotten(PoolEntry session) {
        Hold holder = Hold.of(session);
        return holder != null && holder.isGone();
    }

    /** Who holds a connection, and where; empty when it was returned. */
    static String of(PoolEntry session) {
        Hold holder = Hold.of(session);
        return holder == null ? "" : name(holder.thread) + holder.where(FRAMES);
    }

    /**
     * Returns the holders of connections, the oldest first.
     *
     * @param most how many at most
     * @param mask masks the text of statements
     */
    static List<Holder> shown(
            List<PoolEntry> sessions, Instant at, int most, UnaryOperator<String> mask) {
        long now = System.nanoTime();
        List<Holder> holders = new ArrayList<>();
        for (Held held : oldestFirst(sessions)) {
            PoolEntry session = held.session();
            Hold hold = holders.size() < most ? Hold.of(session) : null;
            if (hold != null) { // it may have been returned meanwhile
                Instant since = at.minusNanos(now - held.since());
                holders.add(hold.shown(session, since, mask));
            }
        }
        return List.copyOf(holders);
    }

    /** A snapshot, because connections may change hands while they are sorted. */
    private static List<Held> oldestFirst(List<PoolEntry> sessions) {
        List<Held> held = new ArrayList<>();
        for (PoolEntry session : sessions) {
            if (session.holding().thread() != null) {
                held.add(new Held(session, session.holding().since()));
            }
        }
        held.sort((one, other) -> Long.signum(one.since() - other.since()));
        return held;
    }

    /** The place where a connection's unfinished work was begun; empty if unknown. */
    static String begun(PoolEntry session) {
        Trail trail = session.holding().trail();
        StackTraceElement[] stack = trail == null ? null : trail.beginning();
        return stack == null ? "" : Frames.shown(Frames.ofApplication(stack), FRAMES);
    }

    /** Whether a thread with this stack is executing a statement of a pool. */
    static boolean isExecuting(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(STATEMENTS)
                    && frame.getMethodName().startsWith("execute")) {
                return true;
            }
        }
        return false;
    }

    /** The calling thread's place in the application; empty if it is in none. */
    static String here() {
        return Frames.shown(Frames.ofApplication(new Throwable().getStackTrace()), FRAMES);
    }

    /** The place where a connection was borrowed, as a clause; empty if unknown. */
    static String borrowed(PoolEntry session) {
        Hold holder = Hold.of(session);
        return holder == null ? "" : holder.borrowed(FRAMES);
    }

    /** The current holder of a connection. */
    private static final class Hold {

        private final Thread thread;
        private final boolean usedByOther;

        /** The application's frames at the borrow; empty if unknown. */
        private final List<StackTraceElement> borrow;

        private final StackTraceElement[] stack;
        private final List<StackTraceElement> now;

        private Hold(Thread borrower, @Nullable Trail trail) {
            Thread later = trail == null ? null : trail.laterUser();
            thread = later == null ? borrower : later;
            usedByOther = later != null;
            StackTraceElement @Nullable [] noted = trail == null ? null : trail.borrowStack();
            borrow = noted == null ? List.of() : Frames.ofApplication(noted);
            stack = thread.getStackTrace();
            now = Frames.ofApplication(stack);
        }

        /** Null when it is idle. */
        static @Nullable Hold of(PoolEntry session) {
            Thread borrower = session.holding().thread();
            return borrower == null ? null : new Hold(borrower, session.holding().trail());
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
            String note = note();
            if (note != null) {
                return " (" + note + ")";
            }
            return isSeen() ? ", now at " + Frames.shown(now, frames) : "";
        }

        /** An anomaly of the holder; null if there is none. */
        @Nullable String note() {
            if (isGone()) {
                return "that thread "
                        + (thread.isAlive() ? "is idle now" : "has ended")
                        + ": the connection was not returned";
            }
            if (now.isEmpty()) {
                return "that thread is not running application code now";
            }
            return mayBeAtSameWork()
                    ? null
                    : "that thread has moved on; the connection was not returned";
        }

        /**
         * Whether it is another thread than the borrower, of which it is unknown whether it still uses the connection.
         */
        private boolean mayBeAtSameWork() {
            return !borrow.isEmpty() && usedByOther || isAtSameWork();
        }

        /** Whether it is in the application's code, at the work for which it has the connection. */
        private boolean isSeen() {
            return !now.isEmpty() && isAtSameWork() && !(usedByOther && !borrow.isEmpty());
        }

        /** The holder as operators see it. */
        Holder shown(PoolEntry session, Instant since, UnaryOperator<String> mask) {
            boolean itsStack = !isGone() && mayBeAtSameWork();
            String statement = isExecuting(stack) ? session.holding().statement() : null;
            return new Holder(
                    thread.getName().isEmpty() ? "#" + thread.getId() : thread.getName(),
                    since,
                    isSeen() ? Frames.shown(now, 1) : null,
                    borrow.isEmpty() ? null : Frames.shown(borrow, FRAMES),
                    note(),
                    itsStack ? Frames.each(stack, FRAMES_OF_STACK) : List.of(),
                    statement == null ? null : mask.apply(statement),
                    session.isDone());
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
