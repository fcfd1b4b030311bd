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

    /** {@return the line of the application that ran it last} */
    public String getPlace() {
        return statement.place();
    }

    /** {@return how often it was slow} */
    public long getCount() {
        return statement.count();
    }

    /** {@return how long it took, all together, in milliseconds} */
    public long getTotalMillis() {
        return statement.total().toMillis();
    }

    /** {@return how long it took at most, in milliseconds} */
    public long getLongestMillis() {
        return statement.longest().toMillis();
    }

    /** {@return when it was slow last, in ISO-8601} */
    public String getLast() {
        return statement.last().toString();
    }
}
