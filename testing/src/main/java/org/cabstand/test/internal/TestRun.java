package org.cabstand.test.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One test from begin to end, with the application's statements and faults.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class TestRun {

    private final String name;
    private final boolean rollsBack;
    private final List<String> faults = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> leftOpen = new ArrayList<>();

    /** Written once. */
    private volatile boolean ended;

    /**
     * A test that begins.
     *
     * @param name the test's name, for messages
     * @param rollsBack whether its work is rolled back at the end
     */
    public TestRun(String name, boolean rollsBack) {
        this.name = name;
        this.rollsBack = rollsBack;
    }

    String name() {
        return name;
    }

    boolean rollsBack() {
        return rollsBack;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Records a fault, which fails the test at its end even if the application swallows the error. */
    void fault(String fault) {
        synchronized (faults) {
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
        }
    }

    /** Whether a thread still waits for the database at the end. */
    void stillBusy(String pool, Thread thread, Duration patience) {
        fault(
                Message.STILL_BUSY.format(
                        pool, name, thread.getName(), patience.toMillis(), Frames.of(thread)));
    }

    /**
     * The faults of this test.
     *
     * @return messages, in order of time
     */
    public List<String> faults() {
        synchronized (faults) {
            return List.copyOf(faults);
        }
    }

    void executed(String sql) {
        synchronized (statements) {
            statements.add(sql);
        }
    }

    /**
     * The statements that the application has executed so far.
     *
     * @return in the order of time
     */
    public List<String> statements() {
        synchronized (statements) {
            return List.copyOf(statements);
        }
    }

    void leftOpen(String sql) {
        synchronized (leftOpen) {
            leftOpen.add(sql);
        }
    }

    /**
     * The statements that were not closed when their connection was returned.
     *
     * @return in the order of time
     */
    public List<String> leftOpen() {
        synchronized (leftOpen) {
            return List.copyOf(leftOpen);
        }
    }

    /**
     * Statements, the most frequent first.
     *
     * @param statements any
     * @return e.g. {@code select … ×100, insert … ×1}
     */
    public static String summary(List<String> statements) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        statements.forEach(sql -> counts.merge(Sql.shown(sql), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " ×" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
