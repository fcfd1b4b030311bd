package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cabstand.benchmarks.report.Report;
import org.cabstand.benchmarks.report.Results;
import org.cabstand.benchmarks.report.Table;

/**
 * Runs suites, prints their tables, and draws them.
 *
 * <p>Results are written after each round, so that an interrupted run is not lost.
 */
public final class Benchmarks {

    private static final Map<String, Supplier<Suite>> SUITES = new LinkedHashMap<>();

    static {
        SUITES.put("borrow", BorrowSuite::new);
        SUITES.put("promises", PromisesSuite::new);
        SUITES.put("scale", ScaleSuite::new);
        SUITES.put("request", RequestSuite::new);
        SUITES.put("postgres", PostgresSuite::new);
        SUITES.put("waiting", WaitingSuite::new);
        SUITES.put("virtual", VirtualSuite::new);
        SUITES.put("servers", ServerSuite::ofConnections);
        SUITES.put("jpa", ServerSuite::ofEntityManagers);
        SUITES.put("deployment", DeploymentSuite::new);
    }

    private Benchmarks() {}

    /**
     * The command.
     *
     * @param arguments see {@link Options#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        List<String> known =
                Stream.concat(SUITES.keySet().stream(), Stream.of("all", "report")).toList();
        if (options.suites().isEmpty() || !known.containsAll(options.suites())) {
            throw new IllegalArgumentException(
                    "suites: " + String.join(", ", known) + "\n" + Options.USAGE);
        }
        if (options.suites().contains("report")) {
            report(options);
            return;
        }
        for (Map.Entry<String, Supplier<Suite>> entry : SUITES.entrySet()) {
            if (options.suites().contains("all") || options.suites().contains(entry.getKey())) {
                run(entry.getKey(), entry.getValue().get(), options);
            }
        }
    }

    private static void run(String name, Suite suite, Options options) throws Exception {
        for (int round = 1; round <= options.rounds(); round++) {
            suite.round(options);
            Results results = new Results(name, conditions(options, round), suite.tables());
            results.write(options.results());
            Report.write(results, options.docs());
        }
        for (Table table : suite.tables()) {
            System.out.printf("%n%s%n%n%s", table.title, Report.markdown(table));
        }
    }

    /** Draws the charts again from saved results. */
    private static void report(Options options) throws IOException {
        try (Stream<Path> files = Files.list(options.results())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Report.write(Results.read(file), options.docs());
            }
        }
    }

    private static String conditions(Options options, int rounds) {
        return "%s, JDK %s, %s %s, %d processors. %s of %d s each, after a warm-up; medians, with the least and the most in brackets."
                .formatted(
                        LocalDate.now(),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        rounds == 1 ? "1 round" : rounds + " rounds",
                        options.seconds());
    }
}
