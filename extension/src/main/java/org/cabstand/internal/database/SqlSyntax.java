package org.cabstand.internal.database;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The syntax of a database's SQL, as far as it is needed to find literals.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL, Lexical Structure</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/language-structure.html">MySQL, Language Structure</a>
 * @see <a href="https://www.sqlite.org/lang_keywords.html">SQLite, Keywords</a>
 * @see <a href="https://h2database.com/html/grammar.html">H2, Grammar</a>
 */
enum SqlSyntax {
    /** The common syntax: Derby, DB2. */
    STANDARD(Habit.DOUBLE_QUOTED_NAMES),
    POSTGRESQL(
            Habit.DOUBLE_QUOTED_NAMES,
            Habit.DOLLAR_QUOTES,
            Habit.PLAIN_BACKTICKS,
            Habit.PLAIN_BRACKETS,
            Habit.PLAIN_HASHES,
            Habit.PLAIN_SLASHES,
            Habit.PLAIN_Q),
    MYSQL(
            Habit.BACKTICK_NAMES,
            Habit.HASH_COMMENTS,
            Habit.COMMENTS_NEED_SPACE,
            Habit.PLAIN_SLASHES,
            Habit.PLAIN_Q),
    /** It reads an unknown name in double quotes as a string. */
    SQLITE(
            Habit.BACKTICK_NAMES,
            Habit.BRACKET_NAMES,
            Habit.WORDS_AFTER_PRAGMA,
            Habit.PLAIN_SLASHES,
            Habit.PLAIN_Q),
    H2(Habit.DOUBLE_QUOTED_NAMES, Habit.BACKTICK_NAMES, Habit.DOLLAR_QUOTES, Habit.SLASH_COMMENTS),
    HSQLDB(Habit.DOUBLE_QUOTED_NAMES, Habit.SLASH_COMMENTS, Habit.PLAIN_BRACKETS),
    ORACLE(Habit.DOUBLE_QUOTED_NAMES, Habit.PLAIN_HASHES, Habit.PLAIN_SLASHES, Habit.Q_QUOTES),
    SQLSERVER(
            Habit.BRACKET_NAMES,
            Habit.PLAIN_HASHES,
            Habit.WORDS_AFTER_EXECUTE,
            Habit.PLAIN_SLASHES,
            Habit.PLAIN_Q),
    UNKNOWN(Habit.WORDS_AFTER_EXECUTE, Habit.WORDS_AFTER_PRAGMA, Habit.UNSURE_DOLLARS);

    /**
     * The differences between databases. If a database has neither reading of a character, the text after it is not
     * shown.
     */
    enum Habit {
        /** Otherwise they are strings. */
        DOUBLE_QUOTED_NAMES,
        BACKTICK_NAMES,
        BRACKET_NAMES,
        DOLLAR_QUOTES,
        /** {@code q'[it's]'} */
        Q_QUOTES,
        HASH_COMMENTS,
        SLASH_COMMENTS,
        /** {@code 1--1} is two. */
        COMMENTS_NEED_SPACE,
        PLAIN_BACKTICKS,
        PLAIN_BRACKETS,
        PLAIN_HASHES,
        PLAIN_SLASHES,
        /** {@code q'x'} is a name and a string. */
        PLAIN_Q,
        UNSURE_DOLLARS,
        /** Arguments of procedures need no quotes. */
        WORDS_AFTER_EXECUTE,
        /** Keys need none. */
        WORDS_AFTER_PRAGMA
    }

    private final Set<Habit> habits = EnumSet.noneOf(Habit.class);

    SqlSyntax(Habit... habits) {
        this.habits.addAll(Arrays.asList(habits));
    }

    boolean has(Habit habit) {
        return habits.contains(habit);
    }
}
