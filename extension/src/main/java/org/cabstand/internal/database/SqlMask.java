package org.cabstand.internal.database;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cabstand.internal.database.SqlSyntax.Habit;

/**
 * Removes literals and comments from a statement's text, so that a log can show it.
 *
 * <p>It errs on the safe side: after a point where it cannot tell how the database reads the text, such as a backslash
 * before a quote, it shows nothing.
 *
 * <p>Thread safety: one thread; an instance is for one text.
 */
final class SqlMask {

    /** The longest text that is shown. */
    private static final int READ = 10_000;

    private static final int SHOWN = 2_000;

    private static final String MORE = "…";

    /** Stands for a list, so that lists of different lengths give the same text. */
    private static final Pattern LIST = Pattern.compile("\\?(?: ?, ?\\?)+");

    private static final Pattern ROWS =
            Pattern.compile("(\\(\\?(?:, …)?\\))(?: ?, ?\\(\\?(?:, …)?\\))+");

    private final SqlSyntax syntax;
    private final String sql;
    private final StringBuilder shown = new StringBuilder();

    /** The index of the next character. */
    private int at;

    /** Whether the text cannot be read any further. */
    private boolean lost;

    /** First words of statements in which words may be values: {@code SET name = word}. */
    private boolean assigns;

    private boolean anyWord;

    private SqlMask(SqlSyntax syntax, String sql) {
        this.syntax = syntax;
        this.sql = sql;
    }

    static String mask(SqlSyntax syntax, String sql) {
        boolean cut = sql.length() > READ;
        SqlMask mask = new SqlMask(syntax, cut ? sql.substring(0, READ) : sql);
        mask.read();
        String text = LIST.matcher(mask.shown.toString().strip()).replaceAll("?, …");
        text = ROWS.matcher(text).replaceAll("$1, …");
        boolean more = cut || mask.lost || text.length() > SHOWN;
        return text.substring(0, Math.min(text.length(), SHOWN)) + (more ? MORE : "");
    }

    private void read() {
        while (at < sql.length() && !lost) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                space();
            } else if (c == '\'') {
                literal(c);
            } else if (c == '"') {
                if (syntax.has(Habit.DOUBLE_QUOTED_NAMES)) {
                    name(c);
                } else {
                    literal(c);
                }
            } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
                number();
            } else if (isPartOfWord(c) && c != '$') {
                word();
            } else {
                special(c);
            }
        }
    }

    private void special(char c) {
        switch (c) {
            case '-':
                if (peek(1) == '-') {
                    dashes();
                } else {
                    plain();
                }
                break;
            case '/':
                slash();
                break;
            case '#':
                if (syntax.has(Habit.HASH_COMMENTS)) {
                    comment(SqlQuotes.endOfLine(sql, at));
                } else {
                    plainIf(Habit.PLAIN_HASHES);
                }
                break;
            case '`':
                nameIf(Habit.BACKTICK_NAMES, Habit.PLAIN_BACKTICKS, '`');
                break;
            case '[':
                nameIf(Habit.BRACKET_NAMES, Habit.PLAIN_BRACKETS, ']');
                break;
            case '$':
                dollar();
                break;
            case '=':
                plain();
                lost |= assigns;
                break;
            case ';':
                plain();
                anyWord = false;
                assigns = false;
                break;
            case '\\':
                lost = true; // no such character has a meaning outside of quotes
                break;
            default:
                plain();
        }
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPartOfWord(char c) {
        return c == '_' || c == '$' || c > 127 || isDigit(c) || isLetter(c);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private void plain() {
        shown.append(sql.charAt(at++));
    }

    private void plainIf(Habit habit) {
        if (syntax.has(habit)) {
            plain();
        } else {
            lost = true;
        }
    }

    private void space() {
        if (shown.length() > 0 && shown.charAt(shown.length() - 1) != ' ') {
            shown.append(' ');
        }
    }

    // quoted texts, and comments

    private void goTo(int end) {
        lost |= end == SqlQuotes.UNSURE;
        at = Math.max(at, end);
    }

    private void literal(char quote) {
        shown.append('?');
        goTo(SqlQuotes.endOfLiteral(sql, at, quote));
    }

    private void name(char close) {
        int begin = at;
        goTo(SqlQuotes.endOfName(sql, at, close));
        shown.append(sql, begin, at);
        anyWord = true;
    }

    private void nameIf(Habit names, Habit plain, char close) {
        if (syntax.has(names)) {
            name(close);
        } else {
            plainIf(plain);
        }
    }

    private void dollar() {
        int end = at + 1;
        while (end < sql.length() && isPartOfWord(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean isTag = end < sql.length() && sql.charAt(end) == '$' && !isDigit(peek(1));
        if (isTag && syntax.has(Habit.DOLLAR_QUOTES)) {
            shown.append('?');
            goTo(SqlQuotes.endOf(sql, end + 1, sql.substring(at, end + 1)));
        } else if (isTag && syntax.has(Habit.UNSURE_DOLLARS)) {
            lost = true;
        } else if (syntax == SqlSyntax.POSTGRESQL && isDigit(peek(1))) {
            shown.append(sql, at, end); // a parameter
            at = end;
        } else {
            plain();
        }
    }

    private void comment(int end) {
        space();
        goTo(end);
    }

    private void dashes() {
        boolean spaced = at + 2 >= sql.length() || sql.charAt(at + 2) <= ' ';
        if (spaced || !syntax.has(Habit.COMMENTS_NEED_SPACE) && syntax != SqlSyntax.UNKNOWN) {
            comment(SqlQuotes.endOfLine(sql, at));
        } else if (syntax == SqlSyntax.UNKNOWN) {
            lost = true;
        } else {
            plain();
        }
    }

    private void slash() {
        if (peek(1) == '*') {
            comment(SqlQuotes.endOfBlock(sql, at));
        } else if (peek(1) != '/') {
            plain();
        } else if (syntax.has(Habit.SLASH_COMMENTS)) {
            comment(SqlQuotes.endOfLine(sql, at));
        } else {
            plainIf(Habit.PLAIN_SLASHES);
        }
    }

    // words and numbers

    private void number() {
        shown.append('?');
        while (at < sql.length() && isPartOfNumber(sql.charAt(at))) {
            at++;
        }
    }

    private static boolean isPartOfNumber(char c) {
        return c == '.' || c != '$' && isPartOfWord(c);
    }

    private void word() {
        int begin = at;
        while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(begin, at);
        shown.append(word);
        String upper = word.toUpperCase(Locale.ROOT);
        boolean first = !anyWord;
        anyWord = true;
        assigns |= first && (upper.equals("SET") || upper.equals("ALTER"));
        lost =
                upper.equals("IDENTIFIED") // followed by a word that may be the password
                        || assigns && upper.equals("TO")
                        || isFollowedByWords(upper)
                        || upper.endsWith("Q") && isQuoteUnsure();
    }

    private boolean isFollowedByWords(String word) {
        return switch (word) {
            case "EXEC", "EXECUTE" -> syntax.has(Habit.WORDS_AFTER_EXECUTE);
            case "PRAGMA" -> syntax.has(Habit.WORDS_AFTER_PRAGMA);
            default -> false;
        };
    }

    /** Also reads texts quoted as {@code q'[…]'}. */
    private boolean isQuoteUnsure() {
        if (peek(0) != '\'' || syntax.has(Habit.PLAIN_Q)) {
            return false;
        }
        if (!syntax.has(Habit.Q_QUOTES) || at + 1 >= sql.length()) {
            return true;
        }
        int pair = "[{(<".indexOf(peek(1));
        char close = pair < 0 ? peek(1) : "]})>".charAt(pair);
        shown.append('?');
        goTo(SqlQuotes.endOf(sql, at + 2, close + "'"));
        return lost;
    }
}
