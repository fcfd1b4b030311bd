package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.results.RunResult;

/** One SELECT a request, on a real PostgreSQL. */
final class PostgresSuite implements Suite {

    private static final int[] THREADS = {1, 2, 8};

    private final Table table =
            new Table(
                    "postgres",
                    "Requests with one SELECT, PostgreSQL on the same machine, pool of "
                            + PostgresBenchmark.SIZE,
                    "requests per s",
                    PostgresBenchmark.Source.INJECTED.label);

    @Override
    public List<Table> tables() {
        return List.of(table);
    }

    @Override
    public void round(Options options) throws Exception {
        try (Postgres postgres = new Postgres()) {
            for (int threads : THREADS) {
                for (RunResult result :
                        Jmh.run(
                                Jmh.of(PostgresBenchmark.class, options)
                                        .threads(threads)
                                        .warmupIterations(Jmh.LONG_WARMUP_SECONDS)
                                        .jvmArgsAppend(
                                                "-D"
                                                        + PostgresBenchmark.URL
                                                        + "="
                                                        + postgres.url()))) {
                    table.add(
                            threads + " threads",
                            PostgresBenchmark.Source.valueOf(Jmh.param(result, "source")).label,
                            Jmh.score(result));
                }
            }
        }
    }
}
