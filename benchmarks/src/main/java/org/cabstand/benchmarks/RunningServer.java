package org.cabstand.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server that is running; closing it ends its processes. */
final class RunningServer implements AutoCloseable {

    private static final int SECONDS_TO_START = 180;
    private static final int SECONDS_TO_DEPLOY = 60;

    private final ServerKind kind;
    private final Process process;
    private final Path home;
    private final Path log;

    RunningServer(ServerKind kind, Path servers, Path war, ServerKind.Database database)
            throws IOException, InterruptedException {
        this.kind = kind;
        home = home(kind, servers);
        List<String> command = kind.prepare(home, war, database);
        log = servers.resolve(kind.directory + ".log");
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
        String size = Integer.toString(database.size());
        environment.put("CABSTAND_POOL_WORLD_MAX_SIZE", size);
        environment.put("CABSTAND_POOL_WORLD_MIN_SIZE", size);
        process = builder.start();
        boolean ready = false;
        try {
            await();
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

    private void await() throws IOException, InterruptedException {
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

    /**
     * Deploys one more application.
     *
     * @param name without {@code .war}; a new one each time
     * @return milliseconds, as the server reports
     */
    double deploy(Path war, String name) throws IOException, InterruptedException {
        long since = Files.size(log);
        Path target = home.resolve(kind.deployments);
        Path hidden =
                war.resolveSibling(name + ".copy"); // so that the server sees only a complete file
        Files.copy(war, hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, target.resolve(name + ".war"), StandardCopyOption.ATOMIC_MOVE);
        awaitLog(since, text -> kind.deploymentMillis(text, name).isPresent());
        return kind.deploymentMillis(logSince(since), name).orElseThrow();
    }

    void undeploy(String name) throws IOException, InterruptedException {
        long since = Files.size(log);
        Files.delete(home.resolve(kind.deployments).resolve(name + ".war"));
        awaitLog(since, text -> kind.isUndeployed(text, name));
    }

    private void awaitLog(long since, Predicate<String> condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_DEPLOY);
        while (!condition.test(logSince(since))) {
            if (end - System.nanoTime() < 0) {
                throw new IOException(kind.label + " does not say that it is done, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String logSince(long offset) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(offset);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The output of a jcmd command for the server. */
    String jcmd(String... command) throws IOException, InterruptedException {
        ProcessHandle java =
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .filter(each -> each.children().findAny().isEmpty())
                        .filter(each -> each.info().command().orElse("").endsWith("/java"))
                        .findFirst()
                        .orElseThrow();
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(java.pid()));
        line.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd: " + answer);
        }
        return answer;
    }

    /** Ends the child processes, too: scripts start the server as a child, which does not end with them. */
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
