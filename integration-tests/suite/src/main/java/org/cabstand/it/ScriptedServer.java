package org.cabstand.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A server that is started by its own script, as a container starts it, and finds applications in a folder. Its
 * module's pom says by {@code it.start} how it is started, and by {@code it.deployments} where it looks.
 *
 * <p>Thread safety: one thread at a time.
 */
final class ScriptedServer implements AutoCloseable {

    private final Path log;
    private final Process process;

    private ScriptedServer(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it, and does not wait until it is there.
     *
     * @param name its log is {@code target/<name>.log}
     */
    static ScriptedServer start(String name) throws IOException {
        Path log = Path.of("target", name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "exec " + setting("it.start"))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .put("LAUNCH_JBOSS_IN_BACKGROUND", "true"); // WildFly's script passes signals on
        ScriptedServer server = new ScriptedServer(log, builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** Gives it an application, which it must not find by halves. */
    static void deploy(Archive<?> archive) throws IOException {
        Path folder = Files.createDirectories(Path.of(setting("it.deployments")));
        Path packed = Path.of("target", archive.getName());
        archive.as(ZipExporter.class).exportTo(packed.toFile(), true);
        Files.move(packed, folder.resolve(archive.getName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Takes an application away.
     *
     * @return false when it was not there
     */
    static boolean undeploy(String archive) throws IOException {
        return Files.deleteIfExists(Path.of(setting("it.deployments"), archive));
    }

    /** Whether there is a folder with the files of the archive beside it, or where it was. */
    static boolean isUnpacked(String archive) {
        return Files.isDirectory(
                Path.of(setting("it.deployments"), archive.replaceFirst("\\.[^.]*$", "")));
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean hasEndedWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends it at once, when it has not ended yet. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    static String setting(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the server's pom has to set " + name);
        }
        return value;
    }
}
