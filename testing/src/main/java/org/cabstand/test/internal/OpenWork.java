package org.cabstand.test.internal;

import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The transaction of one connection in a shared session; it begins at a savepoint.
 *
 * <p>Thread safety: guarded by the session's lock; other threads read {@code thread} for reports.
 */
final class OpenWork {

    /** Work of another connection since this transaction began. */
    private record Foreign(OpenWork work, String sql) {
        boolean wouldBeMissed() {
            return work == null || work.state != State.UNDONE;
        }
    }

    private enum State {
        OPEN,
        DONE,
        UNDONE
    }

    private final List<Foreign> others = new ArrayList<>();

    /** The application's savepoints, the latest first. */
    final Deque<Savepoint> savepoints = new ArrayDeque<>();

    /** The savepoint at which it begins. */
    Savepoint begin;

    /** The thread that worked on it last. */
    volatile Thread thread;

    /** A statement has failed, and the database accepts only a rollback. */
    boolean failed;

    private State state = State.OPEN;

    OpenWork(Savepoint begin, Thread thread) {
        this.begin = begin;
        this.thread = thread;
    }

    /** Notes what another transaction has written meanwhile; it is null for a statement in auto-commit mode. */
    void beside(OpenWork other, String sql) {
        if (other != this) {
            others.add(new Foreign(other, sql));
        }
    }

    /** The work of others that undoing this one would lose; null if there is none. */
    String missed() {
        return others.stream()
                .filter(Foreign::wouldBeMissed)
                .map(foreign -> Sql.shown(foreign.sql()))
                .findFirst()
                .orElse(null);
    }

    void done() {
        state = State.DONE;
    }

    void undone() {
        state = State.UNDONE;
    }
}
