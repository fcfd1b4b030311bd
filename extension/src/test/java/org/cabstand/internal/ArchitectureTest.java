package org.cabstand.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of {@code docs/architecture.md}, and the arrows between them. */
class ArchitectureTest {

    private static final int MOST_LINES = 300;

    /** A catalogue, of which nobody reads more than one entry; and one model with all that is done to it. */
    private static final Set<String> LONGER = Set.of("Message.java", "RandomTransactionsTest.java");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String ROOT = "org.cabstand.internal.";

    /** From top to bottom, below which are messages and log: each may use the later ones, and none before. */
    private static final List<String> ROOMS =
            List.of(
                    "deployment",
                    "servlet",
                    "health",
                    "jpa",
                    "jta",
                    "request",
                    "otel",
                    "jmx",
                    "flight",
                    "handle",
                    "transaction",
                    "pool",
                    "agroal",
                    "connect",
                    "config",
                    "database",
                    "jdbc",
                    "monitor");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.cabstand");

    @Test
    void arrowsRunDown() {
        for (int i = 1; i < ROOMS.size(); i++) {
            String[] above =
                    ROOMS.subList(0, i).stream()
                            .map(room -> ROOT + room + "..")
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ROOMS.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(CLASSES);
        }
    }

    @Test
    void messagesAndLogAreTheGround() {
        noClasses()
                .that()
                .resideInAPackage("org.cabstand.internal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "*..")
                .check(CLASSES);
    }

    @Test
    void thereIsNoCycle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyRoomIsNamed() throws IOException {
        try (Stream<Path> all = Files.list(SOURCES.resolve("org/cabstand/internal"))) {
            Set<String> found =
                    all.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found).containsExactlyInAnyOrderElementsOf(ROOMS);
        }
    }

    @Test
    void everyRoomSaysWhatItIsFor() {
        for (String room : ROOMS) {
            assertThat(SOURCES.resolve("org/cabstand/internal/" + room + "/package-info.java"))
                    .exists();
        }
    }

    /** An API that a server may not have makes whatever mentions it vanish. */
    @ParameterizedTest
    @CsvSource({
        "jakarta.transaction, jta",
        "jakarta.persistence, jpa",
        "io.agroal, agroal",
        "io.opentelemetry, otel",
        "jakarta.servlet, servlet",
        "org.eclipse.microprofile.health, health",
        "jdk.jfr, flight",
        "javax.management, jmx",
        "java.lang.management, jmx"
    })
    void anApiIsKnownInOneRoom(String api, String room) {
        classes()
                .that()
                .resideOutsideOfPackage(ROOT + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(api + "..")
                .check(CLASSES);
    }

    /** A server may load what is named there, whatever it shows of the API to the application. */
    @Test
    void noOptionalApiHasAServiceOfOurs() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src/main/resources/META-INF/services"))) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactly("jakarta.enterprise.inject.spi.Extension");
        }
    }

    /** A reader can hold each file in the head. Generated forwarders do not count: nobody reads more than one. */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void noFileIsTooLong(Path sources) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            List<String> tooLong =
                    all.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> !isGenerated(path))
                            .filter(path -> !LONGER.contains(path.getFileName().toString()))
                            .filter(path -> lines(path).size() > MOST_LINES)
                            .map(path -> path.getFileName() + ": " + lines(path).size())
                            .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static boolean isGenerated(Path path) {
        return lines(path).stream().limit(5).anyMatch(line -> line.contains("Generated"));
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
