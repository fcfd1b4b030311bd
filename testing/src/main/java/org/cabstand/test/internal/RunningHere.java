package org.cabstand.test.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * A test of applications in this JVM.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class RunningHere implements Running {

    private final Scope scope;
    private final TestRun run;
    private final Warnings warnings;

    /** The JTA transactions of the thread when the test began. */
    private final Set<Object> transactions;

    RunningHere(Scope scope, String name) {
        this.scope = scope;
        this.run = scope.begin(name);
        this.transactions = scope.transactions();
        this.warnings =
                new Warnings(); // begun last, because a test that cannot begin must leave none
    }

    /** Whether there was no pool. */
    boolean hasNoPool() {
        return scope.isEmpty();
    }

    @Override
    public List<String> statements() {
        return run.statements();
    }

    @Override
    public List<String> holders() {
        return scope.holders();
    }

    @Override
    public List<String> leftOpen() {
        return run.leftOpen();
    }

    @Override
    public List<String> warnings() {
        return warnings.texts();
    }

    @Override
    public void methodsHaveEnded() {
        scope.endTransactions(run, transactions);
    }

    @Override
    public List<String> end() throws SQLException {
        warnings.close();
        scope.end();
        return run.faults();
    }
}
