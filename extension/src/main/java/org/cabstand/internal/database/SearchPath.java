package org.cabstand.internal.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The path of schemas of a PostgreSQL session.
 *
 * <p>It is set with {@code SET} and not with {@code set_config}, because pgjdbc takes only {@code
 * SET} for a reason to prepare its statements again, unless the server reports the path (from
 * version 18 on). A statement prepared for another schema may fail within a transaction: "cached
 * plan must not change result type".
 *
 * <p>Thread safety: stateless.
 */
final class SearchPath {

    private SearchPath() {}

    /** Returns the SQL that sets a path, as {@code SHOW} has shown it. */
    static String set(@Nullable String path) {
        return "SET search_path TO "
                + names(path == null ? "" : path).stream()
                        .map(SearchPath::literal)
                        .collect(Collectors.joining(", "));
    }

    /** E'': whatever standard_conforming_strings is. */
    private static String literal(String name) {
        return "E'" + name.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Splits a list of identifiers as the server does. An empty path has one name, the empty one. */
    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < path.length() && path.charAt(i + 1) == '"') {
                    name.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted) {
                name.append(c);
            } else if (c == ',') {
                names.add(name.toString());
                name.setLength(0);
            } else if (!Character.isWhitespace(c)) {
                name.append(String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        names.add(name.toString());
        return names;
    }
}
