package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cabstand.benchmarks.report.Table;

/**
 * The time that Cabstand adds to the deployment of an application that does nothing, and the memory that it takes while
 * unused.
 */
final class DeploymentSuite implements Suite {

    private static final int DEPLOYMENTS = 5;

    /** The connections of the application that is deployed already. */
    private static final int CONNECTIONS = 16;

    private static final Pattern LIVE = Pattern.compile("Total +[0-9]+ +([0-9]+)");
    private static final Pattern METASPACE = Pattern.compile("Metaspace +used ([0-9]+)K");

    private final Table time = table("deployment-time", "time", "ms");
    private final Table heap = table("deployment-heap", "live objects on the server's heap", "KiB");
    private final Table classes = table("deployment-classes", "metaspace", "KiB");

    private static Table table(String id, String what, String unit) {
        return new Table(id, "One more deployment on a running server: " + what, unit, null);
    }

    @Override
    public List<Table> tables() {
        return List.of(time, heap, classes);
    }

    @Override
    public void round(Options options) throws Exception {
        ServerSuite.checkServers(options);
        Path plain = War.writeEmpty(options.servers().resolve("plain.war"), false);
        Path ours = War.writeEmpty(options.servers().resolve("ours.war"), true);
        try (Postgres postgres = new Postgres()) {
            var database = new ServerKind.Database(postgres.urlWithoutUser(), CONNECTIONS);
            Path war = War.write(options.servers(), database.payaraResources());
            for (ServerKind kind : ServerKind.values()) {
                try (RunningServer server =
                        new RunningServer(kind, options.servers(), war, database)) {
                    // the first deployments load classes that all share
                    measure(server, plain, "warmupPlain");
                    measure(server, ours, "warmupOurs");
                    for (int i = 0; i < DEPLOYMENTS; i++) {
                        Deployment with = measure(server, ours, "ours" + i);
                        Deployment without = measure(server, plain, "plain" + i);
                        add(kind, "with Cabstand", with);
                        add(kind, "without", without);
                        add(kind, "what it adds", with.minus(without));
                    }
                }
            }
        }
    }

    private void add(ServerKind kind, String variant, Deployment deployment) {
        time.add(kind.label, variant, deployment.millis());
        heap.add(kind.label, variant, deployment.heap());
        classes.add(kind.label, variant, deployment.metaspace());
    }

    private record Deployment(double millis, double heap, double metaspace) {

        Deployment minus(Deployment other) {
            return new Deployment(
                    millis - other.millis, heap - other.heap, metaspace - other.metaspace);
        }
    }

    private static Deployment measure(RunningServer server, Path war, String name)
            throws IOException, InterruptedException {
        double heapBefore = heap(server);
        double metaspaceBefore = metaspace(server);
        double millis = server.deploy(war, name);
        Deployment deployment =
                new Deployment(
                        millis, heap(server) - heapBefore, metaspace(server) - metaspaceBefore);
        server.undeploy(name);
        return deployment;
    }

    /** Bytes in use; the histogram collects garbage first. */
    private static double heap(RunningServer server) throws IOException, InterruptedException {
        server.jcmd("GC.run");
        return last(LIVE, server.jcmd("GC.class_histogram")) / 1024;
    }

    private static double metaspace(RunningServer server) throws IOException, InterruptedException {
        return last(METASPACE, server.jcmd("GC.heap_info"));
    }

    private static double last(Pattern pattern, String text) {
        List<MatchResult> all = pattern.matcher(text).results().toList();
        return Double.parseDouble(all.get(all.size() - 1).group(1));
    }
}
