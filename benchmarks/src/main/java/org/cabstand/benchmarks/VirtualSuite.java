package org.cabstand.benchmarks;

import java.io.IOException;
import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** 1,000 virtual threads over 10 connections. */
final class VirtualSuite implements Suite {

    private static final int SECONDS_TO_START = 60;

    private final Table throughput = table("virtual-throughput", "throughput", "per s");
    private final Table waits = table("virtual-waits", "how long a borrow waits", "ms");
    private final Table fairness =
            table("virtual-fairness", "the thread that got least", "% of the average");

    private static Table table(String id, String what, String unit) {
        String title =
                "%,d virtual threads over %d connections, 1 ms of work each: %s"
                        .formatted(VirtualThreads.THREADS, VirtualThreads.CONNECTIONS, what);
        return new Table(id, title, unit, Peer.CABSTAND.label);
    }

    @Override
    public List<Table> tables() {
        return List.of(throughput, waits, fairness);
    }

    @Override
    public void round(Options options) throws IOException, InterruptedException {
        if (options.java() == null) {
            throw new IllegalArgumentException(
                    "virtual threads want a JDK of 21 or later: --java=<its home>");
        }
        for (Peer peer : Peer.values()) {
            String[] figures =
                    Processes.java(
                                    options.java(),
                                    2 * options.seconds() + SECONDS_TO_START,
                                    VirtualThreads.class,
                                    peer.name(),
                                    Integer.toString(options.seconds()))
                            .get(0)
                            .split(" ");
            throughput.add("borrows", peer.label, Double.parseDouble(figures[0]));
            waits.add("99 %", peer.label, Double.parseDouble(figures[1]));
            waits.add("the longest", peer.label, Double.parseDouble(figures[2]));
            fairness.add("borrows", peer.label, Double.parseDouble(figures[3]));
        }
    }
}
