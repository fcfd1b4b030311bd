package org.cabstand.internal.pool;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says who holds connections, and where those threads are now.
 *
 * <p>Nothing is noted at a borrow but the thread: stacks are taken when a report is made.
 *
 * <p>Thread safety: stateless.
 */
final class Holders {

    private static final int SHOWN = 3;
    private static final int FRAMES = 4;
    private static final String OURS = "org.cabstand.internal.";
    private static final String EXTENSION = "org.cabstand.CabstandExtension";

    private Holders() {}

    /** A thread as reports name it. */
    static String name(Thread thread) {
        if (thread == null) {
            return "nobody";
        }
        String name = thread.getName();
        return "thread '" + (name.isEmpty() ? "#" + thread.getId() : name) + "'";
    }

    /** The oldest holders, as a clause for an error message; empty when nobody holds a connection. */
    static String oldest(List<PhysicalConnection> sessions) {
        List<PhysicalConnection> held = new ArrayList<>(sessions);
        held.removeIf(session -> session.holder() == null);
        held.sort(Comparator.comparingLong(PhysicalConnection::heldNanos).reversed());
        StringBuilder text = new StringBuilder();
        for (PhysicalConnection session : held.subList(0, Math.min(SHOWN, held.size()))) {
            Thread holder = session.holder();
            if (holder != null) { // it may have come back meanwhile
                text.append(text.length() == 0 ? " Held longest by " : "; ")
                        .append(name(holder))
                        .append(
                                String.format(
                                        Locale.ROOT, " for %.1f s", session.heldNanos() / 1e9))
                        .append(whereIsNow(holder));
            }
        }
        return text.length() == 0 ? "" : text.append('.').toString();
    }

    /** Where a thread is at this moment, as a clause; it may have gone on since it borrowed. */
    static String whereIsNow(Thread thread) {
        StringBuilder text = new StringBuilder();
        int frames = 0;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (isApplication(frame.getClassName()) && frames++ < FRAMES) {
                text.append(text.length() == 0 ? ", now at " : " < ").append(frame);
            }
        }
        return text.toString();
    }

    /**
     * The place in the application that gives a connection back.
     *
     * @return empty when the application does not do it itself: at the end of a request
     */
    static Optional<String> closer() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(Holders::isNotOurs).findFirst())
                .filter(frame -> isApplication(frame.getClassName()))
                .map(frame -> frame.toStackTraceElement().toString());
    }

    private static boolean isNotOurs(StackFrame frame) {
        return !frame.getClassName().startsWith(OURS)
                && !frame.getClassName().startsWith(EXTENSION);
    }

    private static boolean isApplication(String className) {
        return !className.startsWith("java.")
                && !className.startsWith("jdk.")
                && !className.startsWith("sun.")
                && !className.startsWith(OURS)
                && !className.startsWith("io.agroal.")
                && !className.startsWith("org.jboss.weld.")
                && !className.startsWith("org.apache.webbeans.");
    }
}
