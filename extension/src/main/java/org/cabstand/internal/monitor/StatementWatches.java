package org.cabstand.internal.monitor;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.jspecify.annotations.Nullable;

/**
 * All watches of one pool's statements. A watch that throws is reported and removed; no statement fails because of it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class StatementWatches implements StatementWatch {

    private final List<StatementWatch> all = new CopyOnWriteArrayList<>();

    /** An object without watches. */
    public StatementWatches() {
        // they are added
    }

    /**
     * Adds a watch.
     *
     * @param watch called for statements that are created from now on
     */
    public void add(StatementWatch watch) {
        all.add(watch);
    }

    /**
     * Removes a watch.
     *
     * @param watch is still told the end of executions that have begun
     */
    public void remove(StatementWatch watch) {
        all.remove(watch);
    }

    /** {@return whether there are no watches} */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public @Nullable StatementRun begin(String sql, long waitedNanos) {
        StatementRun begun = null;
        for (StatementWatch watch : all) {
            try {
                StatementRun run = watch.begin(sql, waitedNanos);
                if (run != null) {
                    begun = new Guarded(watch, run, begun);
                }
            } catch (RuntimeException | LinkageError e) {
                failed(watch, e);
            }
        }
        return begun;
    }

    @Override
    public @Nullable String traceId() {
        for (StatementWatch watch : all) {
            try {
                String id = watch.traceId();
                if (id != null) {
                    return id;
                }
            } catch (RuntimeException | LinkageError e) {
                failed(watch, e);
            }
        }
        return null;
    }

    private void failed(StatementWatch watch, Throwable error) {
        if (all.remove(watch)) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(
                            watch, error, "It no longer watches statements."),
                    error);
        }
    }

    /** The run of one watch, linked with those of the others. */
    private final class Guarded implements StatementRun {

        private final StatementWatch watch;
        private final StatementRun run;
        private final @Nullable StatementRun others;

        Guarded(StatementWatch watch, StatementRun run, @Nullable StatementRun others) {
            this.watch = watch;
            this.run = run;
            this.others = others;
        }

        @Override
        public void resumed() {
            if (others != null) {
                others.resumed();
            }
            tell(StatementRun::resumed);
        }

        @Override
        public void returned(long rows, @Nullable Throwable error) {
            tell(one -> one.returned(rows, error));
            if (others != null) {
                others.returned(rows, error);
            }
        }

        @Override
        public void finished() {
            tell(StatementRun::finished);
            if (others != null) {
                others.finished();
            }
        }

        private void tell(Consumer<StatementRun> what) {
            try {
                what.accept(run);
            } catch (RuntimeException | LinkageError e) {
                failed(watch, e);
            }
        }
    }
}
