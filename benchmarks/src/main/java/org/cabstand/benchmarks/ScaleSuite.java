package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Whether the cost of a borrow grows with the number of pools, or with their size. */
final class ScaleSuite implements Suite {

    private final Table pools =
            new Table("scale-pools", "Borrow and return, by the number of pools", "ns", null);
    private final Table sizes =
            new Table(
                    "scale-size",
                    "Borrow and return, by the size of the pool",
                    "ns",
                    Peer.CABSTAND.label);

    @Override
    public List<Table> tables() {
        return List.of(pools, sizes);
    }

    @Override
    public void round(Options options) throws RunnerException {
        for (RunResult result : Jmh.run(Jmh.of(PoolsBenchmark.class, options))) {
            boolean inTurn = result.getPrimaryResult().getLabel().equals("eachInTurn");
            pools.add(
                    Jmh.param(result, "pools") + " pools",
                    inTurn ? "each in turn" : "always the same one",
                    Jmh.score(result));
        }
        for (RunResult result : Jmh.run(Jmh.of(SizeBenchmark.class, options))) {
            boolean idle = Jmh.param(result, "others").equals("IDLE");
            sizes.add(
                    "%s connections, %s"
                            .formatted(
                                    Jmh.param(result, "size"),
                                    idle ? "all idle" : "all but one in use"),
                    Peer.valueOf(Jmh.param(result, "peer")).label,
                    Jmh.score(result));
        }
    }
}
