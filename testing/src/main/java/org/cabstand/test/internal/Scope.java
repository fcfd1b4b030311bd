package org.cabstand.test.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The pools of the applications that a test, or a class of tests, has started.
 *
 * <p>An application belongs to the scope that its thread is in while it starts; on a server, with the profile
 * {@code test}, to the one scope that there is.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Scope {

    private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

    /** Of an application that runs for tests whoever started it. */
    public static final Scope SERVER = new Scope(null, null, true, null);

    private final Scope parent;

    /** Of the instance that encloses a nested one; null for none. */
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
     * For tests whose work is rolled back.
     *
     * @param parent of the class; null for a class
     * @param enclosing of the instance that encloses this one's; null for none
     */
    static Scope rollingBack(Scope parent, Scope enclosing) {
        return new Scope(parent, enclosing, true, null);
    }

    /** For applications that get databases of their own; otherwise as {@link #rollingBack}. */
    static Scope withDatabases(Scope parent, Scope enclosing, OwnDatabase.Script script) {
        return new Scope(parent, enclosing, false, new OwnDatabase(script));
    }

    /** The one that this thread is in; null for none. */
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

    /** An application that starts now has this pool. */
    synchronized void add(Sandbox sandbox) {
        sandboxes.add(sandbox);
        if (run != null) {
            sandbox.begin(run);
        }
    }

    /** Each once: an enclosing instance's class is one of the parents. */
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
     * @return false as long as there is no pool
     */
    public boolean isEmpty() {
        return all().isEmpty();
    }

    /**
     * Begins a test.
     *
     * @param name for people
     * @return what is noted of it
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

    private static void endAfter(Sandbox sandbox, Exception error) {
        try {
            sandbox.end();
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
    }

    /**
     * Ends the test that has begun, and undoes its work.
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
     * Who holds connections.
     *
     * @return empty when nobody does
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
