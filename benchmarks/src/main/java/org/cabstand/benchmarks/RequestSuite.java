package org.cabstand.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** The cost that the injected connection adds to a request. */
final class RequestSuite implements Suite {

    private static final Map<String, String> LABELS =
            Map.of(
                    "emptyRequest", "empty request context",
                    "byHand", "one statement, by hand over the injected DataSource",
                    "injected", "one statement, injected Connection",
                    "produced",
                            "one statement, Connection of a producer by hand over that DataSource",
                    "callOfTheProxy", "one call, injected Connection",
                    "callOfTheHandle", "one call, without the client proxy");

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
        for (RunResult result :
                Jmh.run(Jmh.of(RequestBenchmark.class, options).addProfiler(GCProfiler.class))) {
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
