package org.cabstand.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** One SELECT a request, on a real PostgreSQL. */
final class PostgresSuite implements Suite {

    private static final int SECONDS_TO_START = 60;

    private final Table throughput = table("postgres", "how many", "per s");
    private final Table tail = table("postgres-p99", "99 % of them took no longer than", "ms");

    private static Table table(String id, String what, String unit) {
        String title =
                "Requests with one SELECT, PostgreSQL on the same machine, pool of %d: %s"
                        .formatted(PostgresLoad.SIZE, what);
        return new Table(id, title, unit, PostgresLoad.Source.INJECTED.label);
    }

    @Override
    public List<Table> tables() {
        return List.of(throughput, tail);
    }

    @Override
    public void round(Options options) throws Exception {
        int turns =
                PostgresLoad.TURNS_TO_WARM_UP
                        + PostgresLoad.TURNS * PostgresLoad.THREADS.size() * options.seconds();
        try (Postgres postgres = new Postgres()) {
            for (String line :
                    Processes.java(
                            Path.of(System.getProperty("java.home")),
                            2 * turns * PostgresLoad.Source.values().length + SECONDS_TO_START,
                            PostgresLoad.class,
                            postgres.url(),
                            Integer.toString(options.seconds()))) {
                String[] figures = line.split(" ");
                String situation = figures[0] + " threads";
                String source = PostgresLoad.Source.valueOf(figures[1]).label;
                throughput.add(situation, source, Double.parseDouble(figures[2]));
                tail.add(situation, source, Double.parseDouble(figures[3]));
            }
        }
    }
}
