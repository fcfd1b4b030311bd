package org.cabstand.test.internal;

import java.util.List;
import org.cabstand.test.PoolCheck;

/**
 * A running test of applications in this JVM or on a server.
 *
 * <p>Thread safety: safe for concurrent use.
 */
interface Running {

    List<String> statements();

    List<String> holders();

    List<String> leftOpen();

    List<String> warnings();

    /** Ends what the test's methods have left on their thread. */
    default void methodsHaveEnded() {
        // nothing here is in reach
    }

    /** Undoes the test's work, and returns its faults. */
    List<String> end() throws Exception;

    /** The checks for the test's method. */
    default PoolCheck check() {
        return new PoolCheck() {
            @Override
            public List<String> statements() {
                return Running.this.statements();
            }

            @Override
            public void statementsAtMost(int most) {
                List<String> executed = statements();
                if (executed.size() > most) {
                    throw new AssertionError(
                            Message.STATEMENTS.format(
                                    most, executed.size(), TestRun.summary(executed)));
                }
            }

            @Override
            public void nothingHeld() {
                throwIfAny(Message.HELD, holders());
            }

            @Override
            public void nothingLeftOpen() {
                List<String> found = leftOpen();
                if (!found.isEmpty()) {
                    throw new AssertionError(Message.LEFT_OPEN.format(TestRun.summary(found)));
                }
            }

            @Override
            public void noWarnings() {
                throwIfAny(Message.WARNED, warnings());
            }

            private void throwIfAny(Message message, List<String> found) {
                if (!found.isEmpty()) {
                    throw new AssertionError(message.format(String.join("; ", found)));
                }
            }
        };
    }
}
