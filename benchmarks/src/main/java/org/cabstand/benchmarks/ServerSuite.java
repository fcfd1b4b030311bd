package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cabstand.benchmarks.report.Table;

/**
 * An application on each server under HTTP load: our pool beside the server's own data source, or our entity manager
 * beside a handwritten one and the server's own.
 */
final class ServerSuite implements Suite {

    private static final int CONNECTIONS = 32;

    /** A common pool size, whatever the machine. */
    private static final int USUAL = 16;

    /** A pool size that keeps the processors busy. */
    private static final int FITTING = 3 * Runtime.getRuntime().availableProcessors();

    private static final int SECONDS_TO_START = 60;
    private static final int TIMES_TO_WARM_UP = 3;

    /** Writes the application for a server. */
    private interface Writer {
        Path write(Path directory, ServerKind kind, String payaraResources) throws IOException;
    }

    /** The tables for pools of one size. */
    private record Tables(int size, Table throughput, Table median, Table tail) {

        static Tables of(int size, String title, String id, String suffix, String ours) {
            String all = title + ", %d connections, pool of %d: ".formatted(CONNECTIONS, size);
            return new Tables(
                    size,
                    new Table(id + suffix, all + "requests", "per s", ours),
                    new Table(
                            id + "-p50" + suffix,
                            all + "half of the answers came within",
                            "ms",
                            ours),
                    new Table(
                            id + "-p99" + suffix,
                            all + "99 % of the answers came within",
                            "ms",
                            ours));
        }

        void add(String situation, String source, String[] figures) {
            throughput.add(situation, source, Double.parseDouble(figures[0]));
            median.add(situation, source, Double.parseDouble(figures[1]));
            tail.add(situation, source, Double.parseDouble(figures[2]));
        }
    }

    private final Writer war;
    private final List<String> cases;

    /** Labels by path; ours comes first. */
    private final Map<String, String> sources;

    private final List<Tables> sizes;

    private ServerSuite(
            Writer war, List<String> cases, Map<String, String> sources, List<Tables> sizes) {
        this.war = war;
        this.cases = cases;
        this.sources = sources;
        this.sizes = sizes;
    }

    /** Sources of connections. */
    static ServerSuite ofConnections() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("injected", "Cabstand, injected");
        sources.put("data-source", "Cabstand, DataSource");
        sources.put("server", "the server's data source");
        String title = "TechEmpower's cases";
        String ours = sources.get("injected");
        return new ServerSuite(
                (directory, kind, resources) -> War.write(directory, resources),
                List.of("single", "queries", "updates"),
                sources,
                List.of(
                        Tables.of(USUAL, title, "servers", "", ours),
                        Tables.of(FITTING, title, "servers", "-fitting", ours)));
    }

    /** Sources of entity managers. */
    static ServerSuite ofEntityManagers() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("injected", "Cabstand, injected EntityManager");
        sources.put("by-hand", "EntityManager of a producer by hand, over a pool of Cabstand's");
        sources.put("server", "@PersistenceContext over the server's data source");
        return new ServerSuite(
                War::writeEntities,
                List.of("single", "update"),
                sources,
                List.of(
                        Tables.of(
                                FITTING, "One entity by JPA", "jpa", "", sources.get("injected"))));
    }

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
                for (ServerKind kind : ServerKind.values()) {
                    Path written = war.write(options.servers(), kind, database.payaraResources());
                    try (RunningServer server =
                            new RunningServer(kind, options.servers(), written, database)) {
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

    private void measure(ServerKind kind, RunningServer server, Tables tables, Options options)
            throws Exception {
        List<String> everything = new ArrayList<>();
        for (String each : cases) {
            sources.keySet().forEach(source -> everything.add(source + "/" + each));
        }
        // the first variant would pay for compiling code that all share
        List<String> sequence = new ArrayList<>();
        for (int i = 0; i < TIMES_TO_WARM_UP; i++) {
            sequence.addAll(everything);
        }
        // and later variants find more of it compiled
        for (String each : cases) {
            List<String> inTurn = new ArrayList<>(sources.keySet());
            for (int turn = 0; turn < sources.size(); turn++) {
                inTurn.forEach(source -> sequence.add(source + "/" + each));
                Collections.rotate(inTurn, 1);
            }
        }
        List<String> lines = load(server, sequence, options);
        for (int i = TIMES_TO_WARM_UP * everything.size(); i < sequence.size(); i++) {
            String[] path = sequence.get(i).split("/");
            String situation = kind.label + ", " + path[1];
            String source = sources.get(path[0]);
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
