package org.cabstand.internal.jmx;

import org.cabstand.SlowStatement;

/**
 * A {@link SlowStatement} as JMX shows it.
 *
 * <p>Thread safety: immutable.
 */
public final class SlowStatementData {

    private final SlowStatement statement;

    SlowStatementData(SlowStatement statement) {
        this.statement = statement;
    }

    /** {@return its text} */
    public String getText() {
        return statement.text();
    }

    /** {@return the line of the application that last ran it} */
    public String getPlace() {
        return statement.place();
    }

    /** {@return how often it was slow} */
    public long getCount() {
        return statement.count();
    }

    /** {@return the total time of its slow executions, in milliseconds} */
    public long getTotalMillis() {
        return statement.total().toMillis();
    }

    /** {@return the longest execution, in milliseconds} */
    public long getLongestMillis() {
        return statement.longest().toMillis();
    }

    /** {@return when it was last slow, in ISO-8601} */
    public String getLast() {
        return statement.last().toString();
    }
}
