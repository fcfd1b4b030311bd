package org.cabstand.test.internal;

import java.util.Locale;

/**
 * The messages of this artifact. A code is never used again for another message; {@code docs/messages.md} lists them.
 */
public enum Message {
    NOT_A_TEST(
            "CAB0170",
            "cabstand-test is in this application but does nothing, because no @CabstandTest started"
                    + " it and 'mp.config.profile' is not test. Leave the jar out, or set the profile."),
    NO_POOL(
            "CAB0171",
            "the test '%s' used no pool of Cabstand, so nothing was rolled back. Start the"
                    + " application's container in the test or on its thread, or give the address of a server"
                    + " where the application runs with the profile test."),
    WOULD_COMMIT(
            "CAB0172",
            "pool '%s': '%s' would commit what the test has done, and nothing could be rolled back"
                    + " after that. Do it before the test begins, use JDBC's commit() and rollback(), or give"
                    + " the test a database of its own."),
    HAS_COMMITTED(
            "CAB0173",
            "pool '%s': '%s' has ended the test's transaction, so what the test had done until then"
                    + " stays in the database. Give the test a database of its own. (%s)"),
    WORK_OF_OTHERS(
            "CAB0174",
            "pool '%s': a rollback in thread '%s' has also undone what another connection had"
                    + " committed since that transaction began (%s), because all connections share one session"
                    + " in a test. Give the test a database of its own."),
    DEADLOCK(
            "CAB0175",
            "pool '%s': thread '%s' cannot go on before thread '%s' ends its transaction, %s; that"
                    + " one is at %s. In a test all threads share one session and take turns. End the"
                    + " transaction before waiting for another thread, or give the test a database of its own."),
    TEST_OVER(
            "CAB0176",
            "pool '%s': a connection that was borrowed during the test '%s' was used after the end"
                    + " of the test. Stop what the test started, threads too, before it ends."),
    ALREADY_IN_TEST(
            "CAB0177",
            "the application's pools are in use by the test '%s', and '%s' wants them, too. Run"
                    + " tests that share an application one after the other: @Execution(SAME_THREAD)."),
    STATEMENTS("CAB0178", "expected at most %d statement(s), but there were %d: %s"),
    HELD("CAB0179", "connections are still held: %s"),
    WARNED("CAB0180", "Cabstand has warned: %s"),
    SEQUENCES(
            "CAB0181",
            "pool '%s': the test '%s' has taken values from %s, which no rollback undoes, so do not"
                    + " rely on particular numbers. This is said once for each sequence."),
    NO_OWN_DATABASE(
            "CAB0182",
            "pool '%s': the test cannot get a database of its own for '%s': %s. PostgreSQL, H2 and"
                    + " SQLite are supported."),
    REMOTE_FAILED(
            "CAB0183",
            "the application at %s does not take part in the test: %s. Put cabstand-test into it, and run"
                    + " it with the profile test."),
    LEFT_OPEN("CAB0295", "statements were still open when their connection was returned: %s"),
    STILL_BUSY(
            "CAB0296",
            "pool '%s': the test '%s' has ended, but thread '%s' has been waiting for the database for"
                    + " more than %d ms: %s. Its session is aborted, and the database rolls its work back."),
    SESSION_LOST(
            "CAB0297",
            "pool '%s': the test's session was lost: %s. The database has rolled back what the test had done,"
                    + " and the rest of the test cannot use the pool."),
    LEFT_TRANSACTION(
            "CAB0320",
            "the test '%s' has left a JTA transaction (%s) on thread '%s', where the next test would have"
                    + " joined it. It is rolled back. End it in the test or in an @AfterEach method."),
    KEPT(
            "CAB0321",
            "pool '%s': '%s' was executed after the test '%s', so what it does stays in the database. End what"
                    + " the test has started, requests too, before the test ends."),
    ABANDONED(
            "CAB0299",
            "nothing was heard of the test '%s' for %d s. What it has done is rolled back, and the test '%s'"
                    + " begins.");

    private final String code;
    private final String pattern;

    Message(String code, String pattern) {
        this.code = code;
        this.pattern = pattern;
    }

    /**
     * Code and text.
     *
     * @param args the values of the placeholders
     * @return one line
     */
    public String format(Object... args) {
        String text = String.format(Locale.ROOT, pattern, args);
        return code + ": " + org.cabstand.internal.Message.oneLine(text);
    }
}
