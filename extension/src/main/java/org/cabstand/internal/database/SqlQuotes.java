package org.cabstand.internal.database;

/**
 * Finds the ends of literals, quoted names and comments.
 *
 * <p>Thread safety: stateless.
 */
final class SqlQuotes {

    /** There is no end, or databases disagree about it. */
    static final int UNSURE = -1;

    private SqlQuotes() {}

    /** The index after the first quote that is not doubled. Some databases do not see a quote after a backslash. */
    static int endOfLiteral(String sql, int begin, char quote) {
        int backslashes = 0;
        for (int at = begin + 1; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == quote) {
                if (backslashes % 2 == 1) {
                    return UNSURE;
                }
                if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
                    return at + 1;
                }
                at++;
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return UNSURE;
    }

    /** After a quote that is not doubled. */
    static int endOfName(String sql, int begin, char close) {
        for (int at = begin + 1; at < sql.length(); at++) {
            if (sql.charAt(at) == close) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != close) {
                    return at + 1;
                }
                at++;
            }
        }
        return UNSURE;
    }

    /** After a text. */
    static int endOf(String sql, int begin, String end) {
        int found = sql.indexOf(end, begin);
        return found < 0 ? UNSURE : found + end.length();
    }

    /** The end of a line comment. For some databases a carriage return alone ends a line. */
    static int endOfLine(String sql, int begin) {
        int end = sql.indexOf('\n', begin);
        int other = sql.indexOf('\r', begin);
        if (other >= 0 && (end < 0 || other < end - 1)) {
            return UNSURE;
        }
        return end < 0 ? sql.length() : end + 1;
    }

    /** The end of a block comment. Some databases nest them, and MySQL executes some. */
    static int endOfBlock(String sql, int begin) {
        int nested = sql.indexOf("/*", begin + 2);
        int end = endOf(sql, begin + 2, "*/");
        boolean executed = sql.startsWith("!", begin + 2) || sql.startsWith("M!", begin + 2);
        return executed || nested >= 0 && nested < end ? UNSURE : end;
    }
}
