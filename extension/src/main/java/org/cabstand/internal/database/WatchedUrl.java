package org.cabstand.internal.database;

import java.util.regex.Pattern;

/**
 * The URLs of drivers that watch another driver, which P6Spy and OpenTelemetry make of that driver's URL.
 *
 * <p>Thread safety: stateless.
 */
final class WatchedUrl {

    private static final Pattern WATCHER = Pattern.compile("^jdbc:(?:p6spy|otel):");

    private WatchedUrl() {}

    /**
     * Returns the URL of the driver that reaches the database.
     *
     * @param url any JDBC URL
     * @return {@code jdbc:postgresql:…} for {@code jdbc:p6spy:postgresql:…}; another URL as it is
     */
    static String inner(String url) {
        return WATCHER.matcher(url).replaceFirst("jdbc:");
    }
}
