package org.cabstand.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The log of this extension, {@code org.cabstand}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Log {

    private static final Logger LOGGER = System.getLogger("org.cabstand");

    private Log() {}

    /**
     * Logs a coded message.
     *
     * @param level its level
     * @param message the text from {@link Message#format}
     */
    public static void log(Level level, String message) {
        LOGGER.log(level, message);
    }

    /**
     * Logs a coded message with its cause.
     *
     * @param level its level
     * @param message the text from {@link Message#format}
     * @param cause the cause
     */
    public static void log(Level level, String message, @Nullable Throwable cause) {
        LOGGER.log(level, message, cause);
    }

    /**
     * Logs a detail that needs no action.
     *
     * @param detail the text
     * @param cause the cause
     */
    public static void debug(String detail, Throwable cause) {
        LOGGER.log(Level.DEBUG, Message.oneLine(detail), cause);
    }

    /**
     * Logs a detail that needs no action.
     *
     * @param detail the text
     */
    public static void debug(String detail) {
        LOGGER.log(Level.DEBUG, Message.oneLine(detail));
    }

    /**
     * Logs a failure to close something. It never throws, so that closing goes on.
     *
     * @param what the thing that could not be closed, as users know it
     * @param cause of any kind, because class loaders may already be stopped
     */
    public static void notClosed(String what, Throwable cause) {
        try {
            log(Level.WARNING, Message.NOT_CLOSED.format(what, cause), cause);
        } catch (Throwable e) {
            cause.addSuppressed(e); // nobody is left to tell
        }
    }
}
