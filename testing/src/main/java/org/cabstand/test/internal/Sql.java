package org.cabstand.test.internal;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classifies a statement by its first words.
 *
 * <p>Thread safety: stateless.
 */
final class Sql {

    private static final Pattern START =
            Pattern.compile("^(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/|[({;])*", Pattern.DOTALL);

    private static final Set<String> READS =
            Set.of("select", "values", "show", "explain", "describe", "desc", "table");

    private static final Set<String> WRITES =
            Set.of(
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "replace",
                    "call",
                    "copy",
                    "truncate",
                    "create",
                    "alter",
                    "drop");

    private static final Set<String> ENDS_TRANSACTION =
            Set.of("commit", "end", "abort", "begin", "start", "xa");

    private static final Set<String> DEFINES =
            Set.of(
                    "create",
                    "alter",
                    "drop",
                    "truncate",
                    "rename",
                    "grant",
                    "revoke",
                    "comment",
                    "analyze",
                    "optimize",
                    "repair",
                    "flush",
                    "lock",
                    "unlock");

    /** How a database treats the open transaction at DDL. */
    enum Definitions {
        UNDONE,
        COMMIT,
        COMMIT_UNLESS_TEMPORARY;

        static Definitions of(DatabaseMetaData database) throws SQLException {
            if (!database.dataDefinitionCausesTransactionCommit()) {
                return UNDONE;
            }
            return Set.of("MariaDB", "MySQL").contains(database.getDatabaseProductName())
                    ? COMMIT_UNLESS_TEMPORARY
                    : COMMIT;
        }

        private boolean commit(String[] words) {
            return switch (this) {
                case UNDONE -> false;
                case COMMIT -> true;
                case COMMIT_UNLESS_TEMPORARY -> !hasWord(words, "temporary");
            };
        }
    }

    private Sql() {}

    private static String[] words(String sql) {
        Matcher start = START.matcher(sql);
        String rest = start.lookingAt() ? sql.substring(start.end()) : sql;
        String begin = rest.substring(0, Math.min(rest.length(), 80));
        return begin.toLowerCase(Locale.ROOT).split("[^a-z_]+", 5);
    }

    /** Whether it certainly changes nothing. */
    static boolean reads(String sql) {
        return READS.contains(words(sql)[0]);
    }

    /** Whether it certainly changes something; many others may. */
    static boolean writes(String sql) {
        return WRITES.contains(words(sql)[0]);
    }

    /**
     * Whether it would end the transaction that it runs in.
     *
     * @param definitions which DDL commits
     */
    static boolean commits(String sql, Definitions definitions) {
        String[] words = words(sql);
        String first = words[0];
        String second = words.length > 1 ? words[1] : "";
        return switch (first) {
            case "rollback" -> !(hasWord(words, "to") || hasWord(words, "savepoint"));
            case "start" -> second.equals("transaction");
            case "set" -> second.equals("autocommit");
            case "begin" -> !second.equals("atomic") && words.length < 4;
            default ->
                    ENDS_TRANSACTION.contains(first)
                            || DEFINES.contains(first) && definitions.commit(words);
        };
    }

    private static boolean hasWord(String[] words, String word) {
        for (String each : words) {
            if (each.equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** The statement for a message, shortened to one line. */
    static String shown(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }
}
