package org.cabstand.test.internal;

import java.lang.System.Logger.Level;
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
import org.cabstand.internal.connect.SessionsInTests.ThreadTransaction;

/**
 * A pool of a tested application.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Sandbox implements DriverSource {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** The limit for pools that would wait for ever. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

    private final PoolSettings settings;
    private final DriverSource driver;
    private final OwnDatabase database;
    private final ThreadTransaction transaction;
    private final Set<TestConnection> held = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();

    /** The current test; null outside tests. Written under the lock. */
    private volatile TestRun run;

    /** The connection whose session is shared; null if there is none. Written under the lock. */
    private volatile TestConnection lender;

    /** The last test, until a write after it is reported. Null if there is none. Written under the lock. */
    private volatile TestRun last;

    /** Written under the lock. */
    private volatile SharedSession session;

    /** The connection whose session is becoming the shared one. Written under the lock. */
    private volatile TestConnection lending;

    /** Connections that the pool has closed while a test uses their session. Guarded by the lock. */
    private final List<TestConnection> closedLater = new ArrayList<>();

    /** Guarded by the lock. */
    private Sequences sequences;

    /**
     * A pool that has not started.
     *
     * @param database the database to use; null for the configured one
     * @param transaction the application's JTA transaction in a thread
     */
    Sandbox(
            PoolSettings settings,
            DriverSource driver,
            OwnDatabase database,
            ThreadTransaction transaction) {
        this.settings = settings;
        this.driver = driver;
        this.database = database;
        this.transaction = transaction;
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

    ThreadTransaction transaction() {
        return transaction;
    }

    /** Called when the application executes a statement outside of tests. */
    void executedOutside(String sql) {
        TestRun before = last;
        if (before != null && Sql.writes(sql)) {
            last = null; // said once for each test
            LOGGER.log(
                    Level.WARNING,
                    Message.KEPT.format(settings.name(), Sql.shown(sql), before.name()));
        }
    }

    String over(TestRun test) {
        return Message.TEST_OVER.format(settings.name(), test.name());
    }

    /** Begins a test: from now on the uses of the pool belong to it. */
    void begin(TestRun test) {
        lock.lock();
        try {
            if (run != null) {
                throw new IllegalStateException(
                        Message.ALREADY_IN_TEST.format(run.name(), test.name()));
            }
            run = test;
            last = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the test and undoes its work. */
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
            last = test.rollsBack() ? test : null;
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

    /** Takes the lock; false when the database does not answer the first user of the test. */
    private boolean awaitLending(TestRun test) throws SQLException {
        try {
            if (lock.tryLock(patience().toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted at the end of a test", "57014", e);
        }
        run = null; // connections that are being borrowed notice that
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

    /** The shared session, which is that of the first connection that asks for it. */
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

    /** The threads that hold a connection of the pool, and where they are now. */
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
