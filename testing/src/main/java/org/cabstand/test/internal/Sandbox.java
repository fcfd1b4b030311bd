package org.cabstand.test.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Null outside of tests. */
    private volatile TestRun run;

    /** The connection whose session is shared; null as long as there is none. */
    private volatile TestConnection lender;

    private volatile SharedSession session;

    /** Guarded by this: closed by the pool during the test that has its session. */
    private final List<TestConnection> closedLater = new ArrayList<>();

    /** Guarded by this. */
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
    synchronized void begin(TestRun test) {
        if (run != null) {
            throw new IllegalStateException(
                    Message.ALREADY_IN_TEST.format(run.name(), test.name()));
        }
        run = test;
    }

    /** Undoes what was done since the begin; later uses are as without a test. */
    synchronized void end() throws SQLException {
        TestRun test = run;
        if (test == null) {
            return;
        }
        SharedSession shared = session;
        TestConnection of = lender;
        try {
            test.end();
            run = null;
            if (shared != null) {
                shared.end();
                if (!of.own().isClosed()) {
                    sequences.report(settings.name(), test, of.own());
                }
            }
        } finally {
            session = null;
            lender = null;
            sequences = null;
            for (TestConnection connection : closedLater) {
                connection.closeOwn();
            }
            closedLater.clear();
        }
    }

    /** The session that all share, which is the one of who asks for it first. */
    SharedSession session(TestConnection who) throws SQLException {
        SharedSession shared = session;
        return shared == null ? lend(who) : shared;
    }

    private synchronized SharedSession lend(TestConnection who) throws SQLException {
        if (session == null) {
            TestRun test = run;
            if (test == null) {
                throw new SQLException("the test has ended", "08003");
            }
            Duration patience = settings.limits().acquisitionTimeout();
            sequences = Sequences.of(who.own());
            SharedSession shared =
                    new SharedSession(
                            settings.name(),
                            test,
                            who.own(),
                            patience.isZero() || patience.compareTo(LONGEST_PATIENCE) > 0
                                    ? LONGEST_PATIENCE
                                    : patience);
            lender = who;
            session = shared;
        }
        return session;
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

    synchronized void close(TestConnection connection) throws SQLException {
        if (shares(connection)) {
            closedLater.add(connection);
        } else {
            connection.closeOwn();
        }
    }
}
