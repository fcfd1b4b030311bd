package org.cabstand.it.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that somebody has typed.
 *
 * <p>Thread safety: one thread.
 */
final class Running implements AutoCloseable {

    private static final long MINUTES_TO_END = 5;

    private final Process process;
    private final Path log;

    private Running(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Running start(Path folder, Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // what the build was started with is not what a newcomer has
        builder.environment().keySet().removeIf(name -> name.startsWith("CABSTAND_"));
        builder.environment().keySet().removeAll(List.of("MAVEN_ARGS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Running(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void succeeds() throws InterruptedException {
        try {
            assertThat(process.waitFor(MINUTES_TO_END, TimeUnit.MINUTES)).as(output()).isTrue();
            assertThat(process.exitValue()).as(output()).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** As Ctrl-C, which reaches all of them; nothing is left then. */
    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            all.forEach(ProcessHandle::destroy);
            process.destroy();
            await("end of all that was started")
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    !process.isAlive()
                                            && all.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
