package org.cabstand.console.internal;

import java.util.Locale;

/** The messages of the console. A code is never used again for another message; {@code docs/messages.md} lists them. */
enum Message {
    NOBODY_MAY(
            "CAB0280",
            "'cabstand.console.enabled' is true, but nobody may see the console. Set 'cabstand.console.role' to a role"
                    + " that the server knows, or start the application under the profile dev."),
    OPEN_HERE(
            "CAB0281",
            "the console needs no login for callers on this machine, because the profile is dev or test. Do not put a"
                    + " proxy in front of it."),
    OPERATED("CAB0282", "pool '%s': %s, by '%s' in the console."),
    PATH_TAKEN(
            "CAB0283",
            "there is no console, because the application itself serves /cabstand/*. Remove 'cabstand.console.enabled',"
                    + " or use another path."),
    NOT_CONFIGURED(
            "CAB0284",
            "there is no console, because its configuration cannot be read: %s. Correct the keys"
                    + " 'cabstand.console.…'.");

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
}
