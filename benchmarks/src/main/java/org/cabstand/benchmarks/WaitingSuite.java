package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** The cost of waiting for a connection, and how quickly a crowd of threads is served. */
final class WaitingSuite implements Suite {

    private static final int SECONDS_TO_START = 90;

    /** A crowd of threads. Without work, each gives its connection back at once. */
    private record Crowd(boolean virtual, int count, long workMillis) {
        String label() {
            return "%,d %s threads%s"
                    .formatted(
                            count,
                            virtual ? "virtual" : "platform",
                            workMillis == 0 ? "" : ", %d ms of work each".formatted(workMillis));
        }
    }

    private static final List<Crowd> CROWDS =
            List.of(
                    new Crowd(false, 500, 0),
                    new Crowd(false, 2_000, 0),
                    new Crowd(true, 1_000, 0),
                    new Crowd(true, 10_000, 0),
                    new Crowd(true, 50_000, 0),
                    new Crowd(true, 20_000, 1));

    private static final List<Peer> PEERS = List.of(Peer.CABSTAND, Peer.HIKARI);

    private final Table waiting = table("waiting-cpu", "processor while waiting", "% of a core");
    private final Table served = table("waiting-served", "all are served after", "s");
    private final Table cpu = table("waiting-served-cpu", "processor while being served", "s");

    private static Table table(String id, String what, String unit) {
        String title = "A crowd waits for %d connections: %s".formatted(Waiting.CONNECTIONS, what);
        return new Table(id, title, unit, Peer.CABSTAND.label);
    }

    @Override
    public List<Table> tables() {
        return List.of(waiting, served, cpu);
    }

    @Override
    public void round(Options options) throws IOException, InterruptedException {
        if (options.java() == null) {
            throw new IllegalArgumentException(
                    "virtual threads want a JDK of 21 or later: --java=<its home>");
        }
        for (Crowd crowd : CROWDS) {
            for (Peer peer : PEERS) {
                measure(options.java(), options.seconds(), crowd, peer);
            }
        }
    }

    private void measure(Path java, int seconds, Crowd crowd, Peer peer)
            throws IOException, InterruptedException {
        String[] figures =
                Processes.java(
                                java,
                                seconds + SECONDS_TO_START,
                                Waiting.class,
                                peer.name(),
                                Boolean.toString(crowd.virtual()),
                                Integer.toString(crowd.count()),
                                Long.toString(crowd.workMillis()),
                                Integer.toString(seconds))
                        .get(0)
                        .split(" ");
        waiting.add(crowd.label(), peer.label, Double.parseDouble(figures[0]));
        served.add(crowd.label(), peer.label, Double.parseDouble(figures[1]));
        cpu.add(crowd.label(), peer.label, Double.parseDouble(figures[2]));
    }
}
