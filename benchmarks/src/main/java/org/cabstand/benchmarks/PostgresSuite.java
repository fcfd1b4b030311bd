package org.cabstand.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** One SELECT a request, on a real PostgreSQL. */
final class PostgresSuite implements Suite {

    private static final int SECONDS_TO_START = 60;

    private final Table table =
            new Table(
                    "postgres",
                    "Requests with one SELECT, PostgreSQL on the same machine, pool of "
                            + PostgresLoad.SIZE,
                    "requests per s",
                    PostgresLoad.Source.INJECTED.label);

    @Override
    public List<Table> tables() {
        return List.of(table);
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
                table.add(
                        figures[0] + " threads",
                        PostgresLoad.Source.valueOf(figures[1]).label,
                        Double.parseDouble(figures[2]));
            }
        }
    }
}
