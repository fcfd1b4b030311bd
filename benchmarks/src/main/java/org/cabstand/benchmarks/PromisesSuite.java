package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Borrow and return by one thread: the cost of each promise that can be switched off. */
final class PromisesSuite implements Suite {

    private final Table table =
            new Table("promises", "Borrow and return, one thread: what promises cost", "ns", null);

    @Override
    public List<Table> tables() {
        return List.of(table);
    }

    @Override
    public void round(Options options) throws RunnerException {
        for (RunResult result : Jmh.run(Jmh.of(PromisesBenchmark.class, options))) {
            table.add(
                    PromisesBenchmark.Switched.valueOf(Jmh.param(result, "switched")).label,
                    "borrow and return",
                    Jmh.score(result));
        }
    }
}
