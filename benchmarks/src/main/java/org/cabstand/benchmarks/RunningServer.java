package org.cabstand.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that answers; closing it ends its processes. */
final class RunningServer implements AutoCloseable {

    private static final int SECONDS_TO_START = 180;

    private final ServerKind kind;
    private final Process process;

    RunningServer(ServerKind kind, Path servers, Path war, ServerKind.Database database)
            throws IOException, InterruptedException {
        this.kind = kind;
        Path home = home(kind, servers);
        List<String> command = kind.prepare(home, war, database);
        Path log = servers.resolve(kind.directory + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("AS_JAVA", System.getProperty("java.home"));
        environment.put("BENCHMARK_JNDI", kind.jndi);
        environment.put("CABSTAND_POOL_WORLD_URL", database.url());
        environment.put("CABSTAND_POOL_WORLD_USERNAME", ServerKind.Database.USER);
        String size = Integer.toString(ServerKind.Database.SIZE);
        environment.put("CABSTAND_POOL_WORLD_MAX_SIZE", size);
        environment.put("CABSTAND_POOL_WORLD_MIN_SIZE", size);
        process = builder.start();
        boolean ready = false;
        try {
            await(log);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private static Path home(ServerKind kind, Path servers) throws IOException {
        try (Stream<Path> directories = Files.list(servers)) {
            return directories
                    .filter(Files::isDirectory)
                    .filter(each -> each.getFileName().toString().startsWith(kind.directory))
                    .findFirst()
                    .orElseThrow(() -> new IOException(kind.label + " is not in " + servers))
                    .toAbsolutePath();
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + kind.port + "/bench/" + path;
    }

    private void await(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (!answers("server/single") || !answers("injected/single")) {
            if (!process.isAlive() || end - System.nanoTime() < 0) {
                throw new IOException(kind.label + " does not answer, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private boolean answers(String path) {
        try {
            HttpURLConnection request = (HttpURLConnection) new URL(url(path)).openConnection();
            request.setReadTimeout(10_000);
            return request.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Scripts start the server as a child, which does not end with them. */
    @Override
    public void close() {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            each.onExit().completeOnTimeout(each, 30, TimeUnit.SECONDS).join().destroyForcibly();
        }
    }
}
