package org.cabstand.test.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.DriverSource;

/**
 * A pool of an application that is tested.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Sandbox implements DriverSource {

    /** Where the pool itself would wait for ever. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

    private final PoolSettings settings;
    private final DriverSource driver;
    private final OwnDatabase database;
    private final Set<TestConnection> held = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();

    /** Written with the lock; null outside of tests. */
    private volatile TestRun run;

    /** Written with the lock: the connection whose session is shared; null as long as there is none. */
    private volatile TestConnection lender;

    /** Written with the lock. */
    private volatile SharedSession session;

    /** Written with the lock: makes its session the shared one. */
    private volatile TestConnection lending;

    /** With the lock: closed by the pool during the test that has its session. */
    private final List<TestConnection> closedLater = new ArrayList<>();

    /** With the lock. */
    private Sequences sequences;

    /**
     * A pool that has not started.
     *
     * @param database for the pool to work with; null for the one that is configured
     */
    Sandbox(PoolSettings settings, DriverSource driver, OwnDatabase database) {
        this.settings = settings;
        this.driver = driver;
        this.database = database;
    }

    @Override
    public DriverConnection connect(String url, Properties properties) throws SQLException {
        String target =
                database == null ? url : database.url(settings.name(), url, properties, driver);
        DriverConnection opened = driver.connect(target, properties);
        TestConnection connection = new TestConnection(this, opened);
        return new DriverConnection(
                connection, opened.xa() == null ? null : new TestXaConnection(connection));
    }

    TestRun run() {
        return run;
    }

    String over(TestRun test) {
        return Message.TEST_OVER.format(settings.name(), test.name());
    }

    /** From now on what the pool is used for belongs to a test. */
    void begin(TestRun test) {
        lock.lock();
        try {
            if (run != null) {
                throw new IllegalStateException(
                        Message.ALREADY_IN_TEST.format(run.name(), test.name()));
            }
            run = test;
        } finally {
            lock.unlock();
        }
    }

    /** Undoes what was done since the begin; later uses are as without a test. */
    void end() throws SQLException {
        TestRun test = run;
        if (test == null) {
            return;
        }
        test.end();
        if (!awaitLending(test)) {
            return;
        }
        boolean usable = true;
        try {
            run = null;
            if (session != null) {
                usable = session.end();
                if (usable) {
                    sequences.report(settings.name(), test, lender.own());
                }
            }
        } finally {
            session = null;
            lender = null;
            sequences = null;
            List<TestConnection> closed = List.copyOf(closedLater);
            closedLater.clear();
            lock.unlock();
            for (TestConnection connection : closed) {
                if (usable) {
                    connection.closeOwn();
                } else {
                    Background.run(connection::closeOwn);
                }
            }
        }
    }

    /** Takes the lock; false when the database does not answer to what the first user of the test asks. */
    private boolean awaitLending(TestRun test) throws SQLException {
        try {
            if (lock.tryLock(patience().toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted at the end of a test", "57014", e);
        }
        run = null; // what is being lent finds that out
        TestConnection hanging = lending;
        if (hanging != null) {
            Thread thread = hanging.holder();
            test.stillBusy(
                    settings.name(), thread == null ? Thread.currentThread() : thread, patience());
            Background.run(() -> hanging.own().abort(Runnable::run));
        }
        return false;
    }

    private Duration patience() {
        Duration patience = settings.limits().acquisitionTimeout();
        return patience.isZero() || patience.compareTo(LONGEST_PATIENCE) > 0
                ? LONGEST_PATIENCE
                : patience;
    }

    /** The session that all share, which is the one of who asks for it first. */
    SharedSession session(TestConnection who) throws SQLException {
        SharedSession shared = session;
        return shared == null ? lend(who) : shared;
    }

    private SharedSession lend(TestConnection who) throws SQLException {
        lock.lock();
        try {
            if (session == null) {
                TestRun test = run;
                if (test == null || test.hasEnded()) {
                    throw new SQLException("the test has ended", "08003");
                }
                lending = who;
                Sequences before = Sequences.of(who.own());
                SharedSession shared =
                        new SharedSession(settings.name(), test, who.own(), patience());
                if (test.hasEnded()) {
                    shared.end();
                    throw new SQLException(over(test), "08003");
                }
                sequences = before;
                lender = who;
                session = shared;
            }
            return session;
        } finally {
            lending = null;
            lock.unlock();
        }
    }

    boolean shares(TestConnection connection) {
        return lender == connection;
    }

    void held(TestConnection connection) {
        held.add(connection);
    }

    void released(TestConnection connection) {
        held.remove(connection);
    }

    /** The threads that hold a connection of the pool, where they are now. */
    List<String> holders() {
        List<String> holders = new ArrayList<>();
        for (TestConnection connection : held) {
            Thread thread = connection.holder();
            if (thread != null) {
                holders.add(
                        "pool '%s' by thread '%s', now at %s"
                                .formatted(settings.name(), thread.getName(), Frames.of(thread)));
            }
        }
        return holders;
    }

    void close(TestConnection connection) throws SQLException {
        lock.lock();
        try {
            if (shares(connection)) {
                closedLater.add(connection);
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.closeOwn();
    }
}
