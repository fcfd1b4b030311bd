package org.cabstand.test.internal;

import java.util.Locale;

/** What this artifact says, with a code that is never used again; listed in {@code docs/messages.md}. */
public enum Message {
    NOT_A_TEST(
            "CAB0170",
            "cabstand-test is in this application, but neither a @CabstandTest started it nor is"
                    + " 'mp.config.profile' test: it does nothing. Leave the jar out, or set the profile."),
    NO_POOL(
            "CAB0171",
            "the test '%s' met no pool of Cabstand, so nothing of it was rolled back. Start the"
                    + " application's container with the test or on its thread, or give the address of a"
                    + " server where it runs with the profile test."),
    WOULD_COMMIT(
            "CAB0172",
            "pool '%s': '%s' would commit what the test has done, and a roll-back after it could undo"
                    + " nothing. Do it before the test begins, in JDBC's way (commit(), rollback()), or give"
                    + " the test a database of its own."),
    HAS_COMMITTED(
            "CAB0173",
            "pool '%s': '%s' has ended the transaction that the test's work is in: what it did until then"
                    + " stays in the database. Give the test a database of its own."),
    WORK_OF_OTHERS(
            "CAB0174",
            "pool '%s': a roll-back in thread '%s' has undone what was committed beside it, on another"
                    + " connection and after it had begun (%s): in a test they share one session. Give the"
                    + " test a database of its own."),
    DEADLOCK(
            "CAB0175",
            "pool '%s': thread '%s' cannot go on before thread '%s' ends its transaction, %s; that one is"
                    + " at %s. In a test all share one session and take turns. End the transaction before"
                    + " waiting for another thread, or give the test a database of its own."),
    TEST_OVER(
            "CAB0176",
            "pool '%s': a connection that was borrowed during the test '%s' is used after its end. End what"
                    + " the test started, threads too, before it ends."),
    ALREADY_IN_TEST(
            "CAB0177",
            "the application's pools are in the test '%s', and '%s' wants them, too. Let tests that share"
                    + " an application run one after the other: @Execution(SAME_THREAD)."),
    STATEMENTS("CAB0178", "expected at most %d statement(s), were %d: %s"),
    HELD("CAB0179", "connections are still held: %s"),
    WARNED("CAB0180", "Cabstand has warned: %s"),
    SEQUENCES(
            "CAB0181",
            "pool '%s': the test '%s' has drawn from %s, which no roll-back undoes: expect no particular"
                    + " numbers of them. Said once for each."),
    NO_OWN_DATABASE(
            "CAB0182",
            "pool '%s': no database of the test's own can be made from '%s': %s. Known are PostgreSQL, H2"
                    + " and SQLite."),
    REMOTE_FAILED(
            "CAB0183",
            "the application at %s does not take part in the test: %s. Put cabstand-test into it, and run"
                    + " it with the profile test.");

    private final String code;
    private final String pattern;

    Message(String code, String pattern) {
        this.code = code;
        this.pattern = pattern;
    }

    /** As {@code docs/messages.md} lists it. */
    String row() {
        return "| " + code + " | " + pattern + " |";
    }

    /**
     * Code and text.
     *
     * @param args what the text needs
     * @return one line
     */
    public String format(Object... args) {
        String text = String.format(Locale.ROOT, pattern, args);
        return code + ": " + org.cabstand.internal.Message.oneLine(text);
    }
}
