package org.cabstand.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a run: what to measure, and for how long.
 *
 * @param suites their names
 * @param rounds how often everything is measured; within a round the variants run one after the other
 * @param seconds how long one measurement takes, after a warm-up of the same length
 * @param results where figures are written, as JSON
 * @param docs where tables and charts are written
 * @param servers where the application servers were unpacked
 * @param java JDK 21 or later, for virtual threads; null when there is none
 */
record Options(
        List<String> suites,
        int rounds,
        int seconds,
        Path results,
        Path docs,
        Path servers,
        Path java) {

    static final String USAGE =
            """
            arguments: <suite>... [--rounds=3] [--seconds=3] [--results=target/results]
                       [--docs=target/docs] [--servers=target/servers]
                       [--java=<home of a JDK 21 or later>]
            """;

    static Options of(String[] arguments) {
        List<String> suites = new ArrayList<>();
        int rounds = 3;
        int seconds = 3;
        Path results = Path.of("target/results");
        Path docs = Path.of("target/docs");
        Path servers = Path.of("target/servers");
        Path java =
                Runtime.version().feature() >= 21 ? Path.of(System.getProperty("java.home")) : null;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--seconds=")) {
                seconds = Integer.parseInt(value);
            } else if (argument.startsWith("--results=")) {
                results = Path.of(value);
            } else if (argument.startsWith("--docs=")) {
                docs = Path.of(value);
            } else if (argument.startsWith("--servers=")) {
                servers = Path.of(value);
            } else if (argument.startsWith("--java=")) {
                java = Path.of(value);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown argument " + argument + "\n" + USAGE);
            } else {
                suites.add(argument);
            }
        }
        return new Options(List.copyOf(suites), rounds, seconds, results, docs, servers, java);
    }
}
