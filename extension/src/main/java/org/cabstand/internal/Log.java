package org.cabstand.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

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
     * @param message the text, made by {@link Message#format}
     */
    public static void log(Level level, String message) {
        LOGGER.log(level, message);
    }

    /**
     * Logs a coded message with its cause.
     *
     * @param level its level
     * @param message the text, made by {@link Message#format}
     * @param cause what led to it
     */
    public static void log(Level level, String message, Throwable cause) {
        LOGGER.log(level, message, cause);
    }

    /**
     * Logs a detail that needs no action.
     *
     * @param detail the text
     * @param cause what led to it
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
     * Logs what could not be ended; never throws, so that the next thing is ended all the same.
     *
     * @param what for users
     * @param cause of whatever kind: class loaders may have been stopped
     */
    public static void notClosed(String what, Throwable cause) {
        try {
            log(Level.WARNING, Message.NOT_CLOSED.format(what, cause), cause);
        } catch (Throwable e) {
            cause.addSuppressed(e); // nobody is left to tell
        }
    }
}
