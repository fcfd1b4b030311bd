package org.cabstand.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cabstand.benchmarks.report.Table;

/** The same WAR on each server: ours beside the server's own data source, under an HTTP load. */
final class ServerSuite implements Suite {

    private static final int CONNECTIONS = 32;
    private static final int SECONDS_TO_START = 60;

    private static final List<String> CASES = List.of("single", "queries", "updates");
    private static final Map<String, String> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put("injected", "Cabstand, injected");
        SOURCES.put("data-source", "Cabstand, DataSource");
        SOURCES.put("server", "the server's data source");
    }

    private final Table throughput = table("servers", "requests", "per s");
    private final Table median = table("servers-p50", "half of the answers came within", "ms");
    private final Table tail = table("servers-p99", "99 % of the answers came within", "ms");

    private static Table table(String id, String what, String unit) {
        String title =
                "TechEmpower's cases, %d connections, pool of %d: %s"
                        .formatted(CONNECTIONS, ServerKind.Database.SIZE, what);
        return new Table(id, title, unit, SOURCES.get("injected"));
    }

    @Override
    public List<Table> tables() {
        return List.of(throughput, median, tail);
    }

    @Override
    public void round(Options options) throws Exception {
        checkServers(options);
        try (Postgres postgres = new Postgres()) {
            var database = new ServerKind.Database(postgres.urlWithoutUser());
            Path war = War.write(options.servers(), database.payaraResources());
            for (ServerKind kind : ServerKind.values()) {
                try (RunningServer server =
                        new RunningServer(kind, options.servers(), war, database)) {
                    measure(kind, server, options);
                }
            }
        }
    }

    static void checkServers(Options options) {
        if (!Files.isDirectory(options.servers())) {
            throw new IllegalArgumentException(
                    "no servers in " + options.servers() + ": add -Pbenchmark-servers");
        }
    }

    private void measure(ServerKind kind, RunningServer server, Options options) throws Exception {
        // the first load compiles what all share, and would be the disadvantage of whoever is first
        for (String source : SOURCES.keySet()) {
            load(server, source, CASES.get(0), options);
        }
        for (String each : CASES) {
            for (Map.Entry<String, String> source : SOURCES.entrySet()) {
                String[] figures = load(server, source.getKey(), each, options).split(" ");
                String situation = kind.label + ", " + each;
                throughput.add(situation, source.getValue(), Double.parseDouble(figures[0]));
                median.add(situation, source.getValue(), Double.parseDouble(figures[1]));
                tail.add(situation, source.getValue(), Double.parseDouble(figures[2]));
            }
        }
    }

    private static String load(RunningServer server, String source, String each, Options options)
            throws Exception {
        return Processes.java(
                Path.of(System.getProperty("java.home")),
                2 * options.seconds() + SECONDS_TO_START,
                Load.class,
                server.url(source + "/" + each),
                Integer.toString(options.seconds()),
                Integer.toString(CONNECTIONS));
    }
}
