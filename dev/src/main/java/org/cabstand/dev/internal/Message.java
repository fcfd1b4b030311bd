package org.cabstand.dev.internal;

import java.util.Locale;

/**
 * The messages of this artifact. A code is never used again for another message; {@code docs/messages.md} lists them.
 */
enum Message {
    STARTED(
            "CAB0184",
            "pool '%s' has no URL and gets a database for development: %s, user '%s', data in %s. Connect with:"
                    + " %s"),
    NO_DRIVER(
            "CAB0185",
            "pool '%s' has no URL, and the application has no driver for the database that"
                    + " cabstand-dev is to start (PostgreSQL, MariaDB, MySQL or H2). Add one, or set"
                    + " 'cabstand.pool.%s.url'."),
    NOT_A_KIND("CAB0186", "pool '%s': there is no development database '%s'. Write one of: %s."),
    NOT_STARTED(
            "CAB0187",
            "pool '%s' has no URL, and no %s database could be started for it in %s: %s."),
    IN_USE(
            "CAB0188",
            "pool '%s': another process runs a database in %s. End it, or set 'cabstand.pool.%s.dev.folder' to"
                    + " another folder."),
    NO_LIBRARY(
            "CAB0189",
            "pool '%s' needs %s, whose binaries are missing. Add %s beside cabstand-dev."),
    SCRIPT_CHANGED(
            "CAB0298",
            "pool '%s': %s has changed since the database was created, but was not run again, because that would"
                    + " delete the data. To start with a new database, set 'cabstand.pool.%s.dev.fresh' to true"
                    + " once.");

    private final String code;
    private final String pattern;

    Message(String code, String pattern) {
        this.code = code;
        this.pattern = pattern;
    }

    /** Code and text, on one line. */
    String format(Object... args) {
        String text = String.format(Locale.ROOT, pattern, args);
        return code + ": " + org.cabstand.internal.Message.oneLine(text);
    }

    /** The message as an exception, for the report of the deployment. */
    IllegalStateException fault(Object... args) {
        return new IllegalStateException(format(args));
    }
}
