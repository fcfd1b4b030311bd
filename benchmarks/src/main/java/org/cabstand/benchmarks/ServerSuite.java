package org.cabstand.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cabstand.benchmarks.report.Table;

/** The same WAR on each server: ours beside the server's own data source, under an HTTP load. */
final class ServerSuite implements Suite {

    private static final int CONNECTIONS = 32;

    /** A common pool size, whatever the machine. */
    private static final int USUAL = 16;

    /** A pool size that keeps the processors busy. */
    private static final int FITTING = 3 * Runtime.getRuntime().availableProcessors();

    private static final int SECONDS_TO_START = 60;
    private static final int TIMES_TO_WARM_UP = 3;

    private static final List<String> CASES = List.of("single", "queries", "updates");
    private static final Map<String, String> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put("injected", "Cabstand, injected");
        SOURCES.put("data-source", "Cabstand, DataSource");
        SOURCES.put("server", "the server's data source");
    }

    /** The tables for pools of one size. */
    private record Tables(int size, Table throughput, Table median, Table tail) {

        Tables(int size, String suffix) {
            this(
                    size,
                    table("servers" + suffix, size, "requests", "per s"),
                    table("servers-p50" + suffix, size, "half of the answers came within", "ms"),
                    table("servers-p99" + suffix, size, "99 % of the answers came within", "ms"));
        }

        private static Table table(String id, int size, String what, String unit) {
            String title =
                    "TechEmpower's cases, %d connections, pool of %d: %s"
                            .formatted(CONNECTIONS, size, what);
            return new Table(id, title, unit, SOURCES.get("injected"));
        }

        void add(String situation, String source, String[] figures) {
            throughput.add(situation, source, Double.parseDouble(figures[0]));
            median.add(situation, source, Double.parseDouble(figures[1]));
            tail.add(situation, source, Double.parseDouble(figures[2]));
        }
    }

    private final List<Tables> sizes =
            List.of(new Tables(USUAL, ""), new Tables(FITTING, "-fitting"));

    @Override
    public List<Table> tables() {
        return sizes.stream()
                .flatMap(each -> Stream.of(each.throughput(), each.median(), each.tail()))
                .toList();
    }

    @Override
    public void round(Options options) throws Exception {
        checkServers(options);
        try (Postgres postgres = new Postgres()) {
            for (Tables tables : sizes) {
                var database = new ServerKind.Database(postgres.urlWithoutUser(), tables.size());
                Path war = War.write(options.servers(), database.payaraResources());
                for (ServerKind kind : ServerKind.values()) {
                    try (RunningServer server =
                            new RunningServer(kind, options.servers(), war, database)) {
                        measure(kind, server, tables, options);
                    }
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

    private static void measure(
            ServerKind kind, RunningServer server, Tables tables, Options options)
            throws Exception {
        List<String> everything = new ArrayList<>();
        for (String each : CASES) {
            SOURCES.keySet().forEach(source -> everything.add(source + "/" + each));
        }
        // the first variant would pay for compiling code that all share
        List<String> sequence = new ArrayList<>();
        for (int i = 0; i < TIMES_TO_WARM_UP; i++) {
            sequence.addAll(everything);
        }
        // and later variants find more of it compiled
        for (String each : CASES) {
            List<String> sources = new ArrayList<>(SOURCES.keySet());
            for (int turn = 0; turn < SOURCES.size(); turn++) {
                sources.forEach(source -> sequence.add(source + "/" + each));
                Collections.rotate(sources, 1);
            }
        }
        List<String> lines = load(server, sequence, options);
        for (int i = TIMES_TO_WARM_UP * everything.size(); i < sequence.size(); i++) {
            String[] path = sequence.get(i).split("/");
            String situation = kind.label + ", " + path[1];
            String source = SOURCES.get(path[0]);
            tables.add(situation, source, lines.get(i).split(" "));
        }
    }

    private static List<String> load(RunningServer server, List<String> paths, Options options)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(options.seconds()));
        arguments.add(Integer.toString(CONNECTIONS));
        paths.forEach(path -> arguments.add(server.url(path)));
        return Processes.java(
                Path.of(System.getProperty("java.home")),
                2 * options.seconds() * paths.size() + SECONDS_TO_START,
                Load.class,
                arguments.toArray(String[]::new));
    }
}
