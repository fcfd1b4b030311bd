package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever writes a name of another pool is told ours, as the guides in {@code docs/from-*.md} do. */
class NamesElsewhereTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.:/+-]*(<k>)?");

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "user | 'username'",
                "user-name | 'username'",
                "maximum-pool-size | 'max-size'",
                "maximumPoolSize | 'max-size'",
                "hikari.maximum-pool-size | 'max-size'",
                "max-pool-size | 'max-size'",
                "minimum-idle | 'min-size'",
                "driver-class-name | 'driver'",
                "jdbc-url | 'url'",
                "jdbc.url | 'url'",
                "jdbc.max-size | 'max-size'",
                "pool-size | 'max-size' or 'min-size'",
                "pool_recycle | 'max-lifetime'",
                "poolPrePing | 'validate-after-idle'",
                "max_overflow | 'max-size'",
                "leak-detection-threshold | 'leak-timeout'",
                "connection-timeout | 'acquisition-timeout'",
                "keepalive-time | 'validation-interval'",
                "jdbc.validate-on-borrow | 'validate-after-idle=0s'",
                "data-source-properties.cachePrepStmts | 'properties.cachePrepStmts'",
                "jdbc.additional-jdbc-properties.a.b | 'properties.a.b'",
                "blocking-timeout-millis | 'acquisition-timeout'",
                "steady-pool-size | 'min-size'",
                "max-idle | 'idle-timeout'"
            })
    void aNameOfAnotherPoolIsAnsweredWithOurs(String name, String ours) {
        texts.orders(name, "1");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007: 'cabstand.pool.orders." + name + "'")
                .endsWith(" Did you mean " + ours + "?");
    }

    @Test
    void soItIsInTheDefaults() {
        texts.orders("max-size", "1").property("cabstand.defaults.maximum-pool-size", "1");
        assertThat(texts.faults()).singleElement().asString().endsWith("Did you mean 'max-size'?");
    }

    @Test
    void soItIsInAVariable() {
        texts.orders("max-size", "1")
                .variable("CABSTAND_POOL_ORDERS_MAXIMUM_POOL_SIZE", "1")
                .variable("CABSTAND_DEFAULTS_POOL_RECYCLE", "1");
        assertThat(texts.faults())
                .anyMatch(f -> f.endsWith("Did you mean 'CABSTAND_POOL_ORDERS_MAX_SIZE'?"))
                .anyMatch(f -> f.endsWith("Did you mean 'CABSTAND_DEFAULTS_MAX_LIFETIME'?"))
                .hasSize(2);
    }

    @Test
    void whatIsOtherwiseHereIsInTheGuide() {
        texts.orders("allow-pool-suspension", "true");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .endsWith(" docs/from-spring-boot.md says what to use instead.");
    }

    @Test
    void aMisspeltKeyOfOursIsStillNearTheRightOne() {
        texts.orders("max-sice", "1");
        assertThat(texts.faults()).singleElement().asString().endsWith("Did you mean 'max-size'?");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgres://db/x,jdbc:postgresql://",
        "postgresql+psycopg2://db/x,jdbc:postgresql://",
        "POSTGRES://db/x,jdbc:postgresql://",
        "sqlite:///x.db,jdbc:sqlite:",
        "jdbc:postgesql://db/x,jdbc:postgresql:"
    })
    void aUrlOfAnotherKindIsAnsweredWithOurs(String url, String ours) {
        assertThat(NamesElsewhere.urlHint(url)).isEqualTo(" Did you mean '" + ours + "…'?");
    }

    @Test
    void aUrlOfAnUnknownDatabaseIsNotCommented() {
        assertThat(NamesElsewhere.urlHint("jdbc:nosuchdatabase://db/x")).isEmpty();
    }

    /** When it fails, the expected text is what the resource should be. */
    @Test
    void theNamesAreThoseOfTheGuides() throws IOException {
        try (InputStream resource =
                NamesElsewhere.class.getResourceAsStream(NamesElsewhere.RESOURCE)) {
            assertThat(new String(resource.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(ofGuides());
        }
    }

    private static String ofGuides() throws IOException {
        Map<String, Set<String>> names = new TreeMap<>();
        List<Path> guides;
        try (Stream<Path> files = Files.list(Path.of("../docs"))) {
            guides =
                    files.filter(file -> file.getFileName().toString().startsWith("from-"))
                            .toList();
        }
        for (Path guide : guides.stream().sorted().toList()) {
            List<String> header = List.of();
            for (String line : Files.readAllLines(guide)) {
                List<String> cells = cells(line);
                if (header.isEmpty() || cells.isEmpty()) {
                    header = cells;
                } else if (line.startsWith("|--")) {
                    continue; // below the header
                } else if (header.contains("Cabstand") && !header.get(0).isEmpty()) {
                    add(names, header, cells, guide.getFileName().toString());
                }
            }
        }
        // what has a key of ours somewhere needs no guide
        names.values()
                .forEach(
                        ours -> {
                            if (ours.stream().anyMatch(our -> !our.endsWith(".md"))) {
                                ours.removeIf(our -> our.endsWith(".md"));
                            }
                        });
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + String.join(", ", entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static void add(
            Map<String, Set<String>> names, List<String> header, List<String> row, String guide) {
        List<String> ours = new ArrayList<>(code(row.get(header.indexOf("Cabstand"))));
        ours.removeIf(our -> !our.startsWith("jdbc:") && !Key.isKnown(our.replaceFirst("=.*", "")));
        for (int i = 0; i < row.size(); i++) {
            if (Set.of("Cabstand", "default", "what is different").contains(header.get(i))) {
                continue;
            }
            List<String> theirs = new ArrayList<>();
            for (String code : code(row.get(i))) {
                theirs.addAll(List.of(code.replaceFirst("=.*", "").split(" \\+ ")));
            }
            theirs.removeIf(name -> !NAME.matcher(name).matches() || name.contains("()"));
            for (int k = 0; k < theirs.size(); k++) {
                Set<String> found =
                        names.computeIfAbsent(
                                NamesElsewhere.plain(theirs.get(k)), name -> new TreeSet<>());
                if (ours.isEmpty()) {
                    found.add(guide);
                } else if (ours.size() == theirs.size()) {
                    found.add(ours.get(k)); // name by name
                } else {
                    found.addAll(ours);
                }
            }
        }
    }

    private static List<String> cells(String line) {
        return line.startsWith("|")
                ? Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::trim)
                        .toList()
                : List.of();
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell.startsWith("=") ? "" : cell.replaceAll("\\([^)]*\\)", ""))
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }
}
