package org.cabstand.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The log of this extension, {@code org.cabstand}.
 *
 * <p>Handlers of the log are foreign code. So nothing here throws, and a thread of a pool waits for them no longer than
 * {@link #PATIENCE}; other threads wait as they do when the application itself logs.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Log {

    /** The longest that a thread of a pool waits until a message is written. */
    public static final Duration PATIENCE = LogWriter.PATIENCE;

    private static final Logger LOGGER = System.getLogger("org.cabstand");
    private static final LogWriter WRITER = new LogWriter();

    /** Written by any thread; a second report does no harm. */
    private static volatile boolean toldThatItFailed;

    private Log() {}

    /**
     * Logs a coded message.
     *
     * @param level its level
     * @param message the text from {@link Message#format}
     */
    public static void log(Level level, String message) {
        log(level, message, null);
    }

    /**
     * Logs a coded message with its cause.
     *
     * @param level its level
     * @param message the text from {@link Message#format}
     * @param cause the cause
     */
    public static void log(Level level, String message, @Nullable Throwable cause) {
        try {
            if (!LOGGER.isLoggable(level)) {
                return;
            }
            Line line = new Line(level, message, cause);
            if (Thread.currentThread() instanceof OwnThread) {
                WRITER.write(line);
            } else {
                line.run();
            }
        } catch (Throwable e) { // of a handler: it must cost no connection
            tellThatItFailed(e);
        }
    }

    /** Once, because the log of a whole application may be broken. */
    private static void tellThatItFailed(Throwable error) {
        if (!toldThatItFailed) {
            toldThatItFailed = true;
            try {
                error.printStackTrace();
            } catch (Throwable e) {
                error.addSuppressed(e); // nobody is left to tell
            }
        }
    }

    /**
     * Logs a detail that needs no action.
     *
     * @param detail the text
     * @param cause the cause
     */
    public static void debug(String detail, @Nullable Throwable cause) {
        log(Level.DEBUG, Message.oneLine(detail), cause);
    }

    /**
     * Logs a detail that needs no action.
     *
     * @param detail the text
     */
    public static void debug(String detail) {
        debug(detail, null);
    }

    /**
     * Logs a failure to close something.
     *
     * @param what the thing that could not be closed, as users know it
     * @param cause of any kind, because class loaders may already be stopped
     */
    public static void notClosed(String what, Throwable cause) {
        try {
            log(Level.WARNING, Message.NOT_CLOSED.format(what, cause), cause);
        } catch (Throwable e) { // of the message: a class may be missing
            cause.addSuppressed(e); // nobody is left to tell
        }
    }

    /** Loads what logging on threads of pools needs, and writes nothing. */
    public static void rehearse() {
        WRITER.write(new Line(Level.OFF, "", null));
    }

    /** A message to write. */
    private record Line(Level level, String message, @Nullable Throwable cause)
            implements Runnable {

        @Override
        public void run() {
            if (level == Level.OFF) {
                return;
            }
            if (cause == null) {
                LOGGER.log(level, message);
            } else {
                LOGGER.log(level, message, cause);
            }
        }
    }
}
