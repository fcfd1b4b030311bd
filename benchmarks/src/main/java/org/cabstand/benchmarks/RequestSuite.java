package org.cabstand.benchmarks;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** The cost that the injected connection and the injected entity manager add to a request. */
final class RequestSuite implements Suite {

    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    entry("emptyRequest", "empty request context"),
                    entry("byHand", "one statement, by hand over the injected DataSource"),
                    entry("injected", "one statement, injected Connection"),
                    entry(
                            "produced",
                            "one statement, Connection of a producer by hand over that DataSource"),
                    entry("callOfTheProxy", "one call, injected Connection"),
                    entry("callOfTheHandle", "one call, without the client proxy"),
                    entry("findInjected", "JPA, one entity read, injected EntityManager"),
                    entry(
                            "findProduced",
                            "JPA, one entity read, EntityManager of a producer by hand"),
                    entry(
                            "changeInjected",
                            "JPA, one entity changed in a transaction, injected EntityManager"),
                    entry(
                            "changeProduced",
                            "JPA, one entity changed in a transaction, EntityManager of a producer by"
                                    + " hand"));

    private final Table times = new Table("request", "A request on Weld SE", "ns", null);
    private final Table bytes =
            new Table("request-allocation", "What a request on Weld SE allocates", "bytes", null);

    @Override
    public List<Table> tables() {
        return List.of(times, bytes);
    }

    @Override
    public void round(Options options) throws RunnerException {
        Map<String, Double> measured = new HashMap<>();
        List<RunResult> results = new ArrayList<>();
        for (Class<?> each : List.of(RequestBenchmark.class, EntityManagerBenchmark.class)) {
            results.addAll(Jmh.run(Jmh.of(each, options).addProfiler(GCProfiler.class)));
        }
        for (RunResult result : results) {
            String benchmark = result.getPrimaryResult().getLabel();
            measured.put(benchmark, Jmh.score(result));
            times.add(LABELS.get(benchmark), Peer.CABSTAND.label, Jmh.score(result));
            bytes.add(LABELS.get(benchmark), Peer.CABSTAND.label, Jmh.allocated(result));
        }
        times.add(
                "what injecting adds to the request",
                Peer.CABSTAND.label,
                measured.get("injected") - measured.get("byHand"));
        times.add(
                "what the client proxy adds to a call",
                Peer.CABSTAND.label,
                measured.get("callOfTheProxy") - measured.get("callOfTheHandle"));
    }
}
