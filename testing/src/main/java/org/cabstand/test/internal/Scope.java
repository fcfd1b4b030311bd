package org.cabstand.test.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The pools of the applications that a test or a test class has started.
 *
 * <p>An application belongs to the scope of the thread on which it starts. On a server, with the profile {@code test},
 * it belongs to {@link #SERVER}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Scope {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

    /** The scope of an application that runs with the profile {@code test}, whoever has started it. */
    public static final Scope SERVER = new Scope(null, null, true, null);

    private final Scope parent;

    /** The scope of the enclosing instance; null if there is none. */
    private final Scope enclosing;

    private final boolean rollsBack;
    private final OwnDatabase database;
    private final List<Sandbox> sandboxes = new CopyOnWriteArrayList<>();

    /** Guarded by this; null outside of tests. */
    private TestRun run;

    private Scope(Scope parent, Scope enclosing, boolean rollsBack, OwnDatabase database) {
        this.parent = parent;
        this.enclosing = enclosing;
        this.rollsBack = rollsBack;
        this.database = database;
    }

    /**
     * A scope for tests whose work is rolled back.
     *
     * @param parent the scope of the class; null for that of a class
     * @param enclosing the scope of the enclosing instance; null if there is none
     */
    static Scope rollingBack(Scope parent, Scope enclosing) {
        return new Scope(parent, enclosing, true, null);
    }

    /** A scope for applications that get their own databases; otherwise as {@link #rollingBack}. */
    static Scope withDatabases(Scope parent, Scope enclosing, OwnDatabase.Script script) {
        return new Scope(parent, enclosing, false, new OwnDatabase(script));
    }

    /** The scope of this thread; null if there is none. */
    static Scope current() {
        return CURRENT.get();
    }

    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }

    OwnDatabase database() {
        return database;
    }

    /** Adds a pool of an application that is starting. */
    synchronized void add(Sandbox sandbox) {
        sandboxes.add(sandbox);
        if (run != null) {
            sandbox.begin(run);
        }
    }

    /** The pools, each only once: the class of an enclosing instance is one of the parents. */
    private Set<Sandbox> all() {
        Set<Sandbox> all = new LinkedHashSet<>();
        if (parent != null) {
            all.addAll(parent.all());
        }
        if (enclosing != null) {
            all.addAll(enclosing.all());
        }
        all.addAll(sandboxes);
        return all;
    }

    /**
     * Whether any application was started.
     *
     * @return true while there is no pool
     */
    public boolean isEmpty() {
        return all().isEmpty();
    }

    /**
     * Begins a test.
     *
     * @param name the test's name, for messages
     * @return the record of the test
     * @throws IllegalStateException when one of the applications is in another test
     */
    public synchronized TestRun begin(String name) {
        TestRun begun = new TestRun(name, rollsBack);
        List<Sandbox> in = new ArrayList<>();
        try {
            for (Sandbox sandbox : all()) {
                sandbox.begin(begun);
                in.add(sandbox);
            }
        } catch (IllegalStateException e) {
            in.forEach(sandbox -> endAfter(sandbox, e));
            throw e;
        }
        run = begun;
        return begun;
    }

    /**
     * The JTA transactions of this thread.
     *
     * @return one for each transaction manager that has one
     */
    Set<Object> transactions() {
        Set<Object> found = new LinkedHashSet<>();
        for (Sandbox sandbox : all()) {
            Object transaction = ofThread(sandbox);
            if (transaction != null) {
                found.add(transaction);
            }
        }
        return found;
    }

    /**
     * Rolls back the JTA transactions that a test has left on this thread.
     *
     * @param before those that are not the test's
     */
    void endTransactions(TestRun test, Set<Object> before) {
        for (Sandbox sandbox : all()) {
            Object transaction = ofThread(sandbox);
            if (transaction != null && !before.contains(transaction)) {
                String status;
                try {
                    status = sandbox.transaction().abandon();
                } catch (SQLException e) {
                    status = e.getMessage();
                }
                test.fault(
                        Message.LEFT_TRANSACTION.format(
                                test.name(), status, Thread.currentThread().getName()));
            }
        }
    }

    private static Object ofThread(Sandbox sandbox) {
        try {
            return sandbox.transaction().ofThread();
        } catch (SQLException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "the thread's transaction is not known", e);
            return null; // its application has stopped
        }
    }

    private static void endAfter(Sandbox sandbox, Exception error) {
        try {
            sandbox.end();
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
    }

    /**
     * Ends the current test, and undoes its work.
     *
     * @throws SQLException when that fails
     */
    public synchronized void end() throws SQLException {
        run = null;
        SQLException error = null;
        for (Sandbox sandbox : all()) {
            try {
                sandbox.end();
            } catch (SQLException e) {
                if (error == null) {
                    error = e;
                } else {
                    error.addSuppressed(e);
                }
            }
        }
        if (error != null) {
            throw error;
        }
    }

    /**
     * The threads that hold connections.
     *
     * @return empty if there are none
     */
    public List<String> holders() {
        return all().stream().flatMap(sandbox -> sandbox.holders().stream()).toList();
    }

    void close() throws SQLException, IOException {
        sandboxes.clear();
        try {
            if (database != null) {
                database.drop();
            }
        } finally {
            if (enclosing != null) {
                enclosing.close();
            }
        }
    }
}
