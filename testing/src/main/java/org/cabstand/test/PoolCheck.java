package org.cabstand.test;

import java.util.List;

/**
 * Checks how the application has used its pools during a test. A field of this type in a {@link CabstandTest} is set
 * when the test begins.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolCheck {

    /**
     * The statements that the application has executed since the test began; a batch counts as one.
     *
     * @return SQL, in order of execution
     */
    List<String> statements();

    /**
     * Checks that the application has not executed more statements than this; more usually mean the <i>n + 1</i>
     * problem of an ORM.
     *
     * @param most the maximum
     * @throws AssertionError with the statements, the most frequent first
     */
    void statementsAtMost(int most);

    /**
     * Checks that no connection of any pool is held: each request and each {@code try} has given back what it borrowed.
     *
     * @throws AssertionError with the threads that hold them, and where those are
     */
    void nothingHeld();

    /**
     * Checks that each statement was closed before its connection was returned. (Unfinished transactions are warnings.)
     *
     * @throws AssertionError with their SQL
     */
    void nothingLeftOpen();

    /**
     * Checks that Cabstand has logged no warning since the test began: no unfinished work was rolled back, and nothing
     * leaked.
     *
     * @throws AssertionError with the warnings
     */
    void noWarnings();
}
