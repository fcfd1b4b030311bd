package org.cabstand.test;

import java.util.List;

/**
 * Looks at what the application asked of its pools during a test: a field of this type of a {@link CabstandTest} is set
 * when the test begins.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolCheck {

    /**
     * The statements that the application has executed since the test began; a batch counts as one.
     *
     * @return SQL, in the order of time
     */
    List<String> statements();

    /**
     * The application has not executed more statements than this: more are mostly the <i>n + 1</i> of an ORM.
     *
     * @param most how many there may be
     * @throws AssertionError with the statements, the most frequent first
     */
    void statementsAtMost(int most);

    /**
     * No connection of any pool is held: each request and each {@code try} has given back what it borrowed.
     *
     * @throws AssertionError with who holds them, where
     */
    void nothingHeld();

    /**
     * Cabstand has warned of nothing since the test began: nothing unfinished was rolled back, nothing leaked.
     *
     * @throws AssertionError with what it said
     */
    void noWarnings();
}
