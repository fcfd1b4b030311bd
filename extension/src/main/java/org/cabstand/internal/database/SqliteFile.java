package org.cabstand.internal.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a SQLite file can only be read. Presets that write would prevent it from being
 * opened.
 *
 * <p>Thread safety: stateless.
 *
 * @see <a href="https://www.sqlite.org/uri.html">SQLite, Uniform Resource Identifiers</a>
 */
final class SqliteFile {

    static final String OPEN_MODE = "open_mode";

    private static final Pattern READ_ONLY_PARAMETER =
            Pattern.compile("[?&](mode=ro|immutable=(1|on|yes|true))(&|$)");
    private static final Pattern OPEN_MODE_PARAMETER =
            Pattern.compile("[?&]" + OPEN_MODE + "=([^&]*)");

    /** The flags of {@code sqlite3_open_v2} for read and write, and for create. */
    private static final int WRITING = 2 | 4;

    private SqliteFile() {}

    /**
     * Whether nothing can be written, according to the URL, a driver property or the file system.
     *
     * @param properties the driver's properties as configured
     */
    static boolean isReadOnly(String url, Map<String, String> properties) {
        return isReadOnly(url, properties, Files::isWritable);
    }

    static boolean isReadOnly(
            String url, Map<String, String> properties, Predicate<Path> writable) {
        Matcher openMode = OPEN_MODE_PARAMETER.matcher(url);
        String flags = openMode.find() ? openMode.group(1) : properties.get(OPEN_MODE);
        return READ_ONLY_PARAMETER.matcher(url).find()
                || flags != null && isReading(flags)
                || isOnReadOnlyPath(url, writable);
    }

    private static boolean isReading(String flags) {
        try {
            return (Integer.parseInt(flags.trim()) & WRITING) == 0;
        } catch (NumberFormatException e) {
            return false; // the driver reports it
        }
    }

    /** Checks the directory too, because a write-ahead log is another file in it. */
    private static boolean isOnReadOnlyPath(String url, Predicate<Path> writable) {
        String name = url.substring("jdbc:sqlite:".length()).replaceFirst("\\?.*", "");
        if (name.startsWith("file:")) {
            name = name.substring("file:".length()).replaceFirst("^//[^/]*(?=/)", "");
            name = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        try {
            Path file = Path.of(name).toAbsolutePath();
            return Files.isRegularFile(file)
                    && !(writable.test(file) && writable.test(file.getParent()));
        } catch (InvalidPathException e) {
            return false; // in memory or on the class path
        }
    }
}
