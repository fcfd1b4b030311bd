package org.cabstand.test.internal;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The tests that run elsewhere and use an application on a server, one at a time. A test whose JVM was killed sends no
 * sign of life, and gives way to the next one.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class RemoteTests {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** The time between two signs of life. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** A test without a sign of life for this long is given up. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private final Scope scope;
    private final LongSupplier nanoTime;

    /** Guarded by this, as all below; null between tests. */
    private TestRun run;

    private Warnings warnings;
    private String id;
    private long heard;

    RemoteTests(Scope scope, LongSupplier nanoTime) {
        this.scope = scope;
        this.nanoTime = nanoTime;
    }

    /**
     * Carries out a request of a test.
     *
     * @param what the request: the last part of the path
     * @param test the test's name to begin it, otherwise its id
     * @return null for an unknown request
     */
    synchronized List<String> answer(String what, String test) throws SQLException {
        if (what.equals("begin")) {
            return List.of(begin(test));
        }
        if (run == null || !id.equals(test)) {
            throw new IllegalStateException(
                    "no such test has begun, or it was not heard of for too long");
        }
        heard = nanoTime.getAsLong();
        return switch (what) {
            case "end" -> end();
            case "alive" -> List.of();
            case "statements" -> run.statements();
            case "left-open" -> run.leftOpen();
            case "holders" -> scope.holders();
            case "warnings" -> warnings.texts();
            default -> null;
        };
    }

    private String begin(String test) throws SQLException {
        if (scope.isEmpty()) {
            throw new IllegalStateException(Message.NO_POOL.format(test));
        }
        if (run != null) {
            Duration silence = Duration.ofNanos(nanoTime.getAsLong() - heard);
            if (silence.compareTo(LEASE) > 0) {
                LOGGER.log(
                        Level.WARNING,
                        Message.ABANDONED.format(run.name(), silence.toSeconds(), test));
                end();
            }
        }
        run = scope.begin(test);
        warnings = new Warnings();
        id = UUID.randomUUID().toString();
        heard = nanoTime.getAsLong();
        return id;
    }

    private List<String> end() throws SQLException {
        TestRun ended = run;
        run = null;
        warnings.close();
        scope.end();
        return ended.faults();
    }
}
