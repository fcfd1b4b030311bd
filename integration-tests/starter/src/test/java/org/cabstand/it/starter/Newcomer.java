package org.cabstand.it.starter;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with copies of the starter and the quickstart, and a Maven that finds the artifacts of this build as if they were released.
 *
 * <p>Its local repository consists of links to the one of this build, and of our artifacts, so that nothing is
 * installed, and nothing is downloaded twice: what the links do not lead to is copied there in the end.
 *
 * <p>Thread safety: one thread.
 */
final class Newcomer {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Path HOME = Path.of("target/newcomer").toAbsolutePath();

    private final Path shop = HOME.resolve("shop");
    private final Path quickstart = HOME.resolve("quickstart");
    private final Path repository = HOME.resolve("repository");

    /** Copies both into an empty folder. */
    Newcomer() throws IOException {
        delete(HOME);
        copy(ROOT.resolve("examples/starter"), shop);
        copy(ROOT.resolve("examples/quickstart"), quickstart);
        linkRepository();
        install("cabstand-parent", ROOT, null);
        install("cabstand-examples", ROOT.resolve("examples"), null);
        install("cabstand", ROOT.resolve("extension"), "cabstand");
        install("cabstand-test", ROOT.resolve("testing"), "cabstand-test");
        install("cabstand-dev", ROOT.resolve("dev"), "cabstand-dev");
        installConsole();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) { // follows no links
                for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path relative = from.relativize(each);
                if (!relative.startsWith("target")) {
                    Files.createDirectories(to.resolve(relative).getParent());
                    Files.copy(each, to.resolve(relative), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void linkRepository() throws IOException {
        Path shared = Path.of(System.getProperty("it.repository"));
        linkChildren(shared, repository, "org");
        linkChildren(shared.resolve("org"), repository.resolve("org"), "cabstand");
    }

    private static void linkChildren(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                if (!child.endsWith(except)) {
                    Files.createSymbolicLink(to.resolve(child.getFileName()), child);
                }
            }
        }
    }

    /** Copies what was downloaded into new folders to the local repository of this build. */
    void keepDownloads() throws IOException {
        Path shared = Path.of(System.getProperty("it.repository"));
        copyNew(repository, shared, "org");
        copyNew(repository.resolve("org"), shared.resolve("org"), "cabstand");
    }

    private static void copyNew(Path from, Path to, String except) throws IOException {
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                Path target = to.resolve(child.getFileName());
                if (!Files.isSymbolicLink(child)
                        && Files.isDirectory(child)
                        && !child.endsWith(except)
                        && Files.notExists(target)) {
                    copy(child, target);
                }
            }
        }
    }

    private void install(String artifact, Path module, String jar) throws IOException {
        String version = System.getProperty("it.version");
        Path folder =
                Files.createDirectories(
                        repository.resolve("org/cabstand").resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        Files.copy(module.resolve("pom.xml"), folder.resolve(name + ".pom"));
        if (jar != null) {
            Files.copy(
                    module.resolve("target").resolve(jar + "-" + version + ".jar"),
                    folder.resolve(name + ".jar"));
        }
    }

    /** The quickstart has it, and tests the page with it. */
    private void installConsole() throws IOException {
        Path console = ROOT.resolve("console");
        install("cabstand-console", console, "cabstand-console");
        String name = "cabstand-console-" + System.getProperty("it.version");
        Files.copy(
                console.resolve("target").resolve(name + "-tests.jar"),
                repository
                        .resolve("org/cabstand/cabstand-console")
                        .resolve(System.getProperty("it.version"))
                        .resolve(name + "-tests.jar"));
    }

    Path shop(String file) {
        return shop.resolve(file);
    }

    /** In the starter's folder. */
    Running inShop(String log, String... arguments) throws IOException {
        return maven(shop, log, arguments);
    }

    /** In the quickstart's folder. */
    Running inQuickstart(String log, String... arguments) throws IOException {
        return maven(quickstart, log, arguments);
    }

    /** Starts Maven; its output goes to a log beside the folders. */
    private Running maven(Path folder, String log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("it.maven"), "bin", "mvn").toString());
        command.add("-B");
        if (System.getProperty("it.offline").equals("offline=true")) {
            command.add("-o");
        }
        command.add("-Dmaven.repo.local=" + repository);
        command.addAll(Arrays.asList(arguments));
        return Running.start(folder, HOME.resolve(log + ".log"), command);
    }

    /** The quickstart's, made with what starts its database. */
    Path quickstartForDevelopment() throws IOException, InterruptedException {
        Path war = quickstart.resolve("target/quickstart.war");
        if (!Files.exists(war)) {
            inQuickstart("package", "package", "-DskipTests", "-Dmp.config.profile=dev").succeeds();
        }
        return war;
    }

    /** The quickstart's, as this build has made it. */
    static Path quickstartForProduction() {
        return ROOT.resolve("examples/quickstart/target/quickstart.war");
    }

    static List<String> libraries(Path war) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(war);
                Stream<Path> jars = Files.list(files.getPath("/WEB-INF/lib"))) {
            return jars.map(jar -> jar.getFileName().toString()).sorted().toList();
        }
    }
}
