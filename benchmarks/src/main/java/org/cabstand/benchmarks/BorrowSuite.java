package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Borrow and return by 1 to 32 threads, beside Agroal and HikariCP. */
final class BorrowSuite implements Suite {

    private static final int[] THREADS = {1, 2, 8, 32};

    private final Table table =
            new Table(
                    "borrow",
                    "Borrow and return, a database that costs nothing",
                    "per ms",
                    Peer.CABSTAND.label);

    @Override
    public List<Table> tables() {
        return List.of(table);
    }

    @Override
    public void round(Options options) throws RunnerException {
        for (int threads : THREADS) {
            for (RunResult result : Jmh.run(Jmh.of(BorrowBenchmark.class, options, threads))) {
                table.add(
                        "pool of %s, %d threads".formatted(Jmh.param(result, "size"), threads),
                        Peer.valueOf(Jmh.param(result, "peer")).label,
                        Jmh.score(result));
            }
        }
    }
}
