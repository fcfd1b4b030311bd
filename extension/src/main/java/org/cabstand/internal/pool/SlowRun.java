package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.monitor.StatementRun;
import org.jspecify.annotations.Nullable;

/**
 * One execution, with the driver's time for executing and for reading rows.
 *
 * <p>Its place is looked for when it becomes slow, while the thread is still there.
 *
 * <p>Thread safety: one thread at a time; read by who reports it, after the end.
 */
final class SlowRun implements StatementRun {

    private final SlowStatements statements;
    private final String sql;
    private final long waitedNanos;
    private final long limitNanos;
    private long begun = System.nanoTime();
    private long nanos;
    private long rows = UNKNOWN;
    private String place = "";
    private String thread = "";
    private @Nullable String trace;
    private @Nullable String failure;
    private boolean slow;

    SlowRun(SlowStatements statements, String sql, long waitedNanos, long limitNanos) {
        this.statements = statements;
        this.sql = sql;
        this.waitedNanos = waitedNanos;
        this.limitNanos = limitNanos;
    }

    @Override
    public void resumed() {
        begun = System.nanoTime();
    }

    @Override
    public void returned(long more, @Nullable Throwable error) {
        nanos += System.nanoTime() - begun;
        if (more != UNKNOWN) {
            rows = more + Math.max(0, rows);
        }
        if (error != null) {
            // not its message, which may contain values
            failure =
                    error instanceof SQLException e ? e.getSQLState() : error.getClass().getName();
        }
        if (!slow && nanos >= limitNanos) {
            slow = true;
            place = Holders.here();
            thread = Holders.name(Thread.currentThread());
            trace = statements.trace();
        }
    }

    @Override
    public void finished() {
        if (slow) {
            statements.add(this);
        }
    }

    /** The application's SQL. */
    String sql() {
        return sql;
    }

    long nanos() {
        return nanos;
    }

    /** Its place in the application; empty if unknown. */
    String place() {
        return place;
    }

    /** Further facts, as a clause; may be empty. */
    String details() {
        StringBuilder text = new StringBuilder();
        if (failure != null) {
            text.append(", failed with ").append(failure);
        }
        if (rows != UNKNOWN) {
            text.append(", ").append(rows).append(" row(s)");
        }
        if (waitedNanos > 0) {
            text.append(", after ").append(SlowText.seconds(waitedNanos));
            text.append(" of waiting for the connection");
        }
        text.append(", by ").append(thread);
        if (!place.isEmpty()) {
            text.append(" at ").append(place);
        }
        if (trace != null) {
            text.append(", trace ").append(trace);
        }
        return text.toString();
    }
}
