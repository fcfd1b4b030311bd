package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cabstand.internal.config.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation says what the code does. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");

    /** A link without a scheme: the file, and the anchor in it. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyStandsInTheReadmeWithItsDefault(Key key) throws IOException {
        String row =
                read("README.md")
                        .lines()
                        .filter(line -> line.startsWith("| `" + key.key() + "` |"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no row for " + key.key()));
        if (key.defaultValue() != null) {
            assertThat(row).contains("| `" + key.defaultValue() + "` |");
        }
    }

    /** A heading gives the anchor: {@code messages.md#cab0012}. */
    @ParameterizedTest
    @EnumSource
    void everyMessageHasAnEntryWithExampleCauseAndFix(Message message) throws IOException {
        String text = read("docs/messages.md");
        String heading = "\n### " + message.code() + "\n";
        int begin = text.indexOf(heading);
        assertThat(begin).as("entry of " + message).isPositive();
        assertThat(text.indexOf(heading, begin + 1)).as("second entry of " + message).isNegative();
        String entry = text.substring(begin + heading.length()).split("\n##", 2)[0];

        String[] parts = entry.split("\n?```\n", 3);
        assertThat(parts).as("example of " + message).hasSize(3);
        String example = parts[1].replaceAll("\\s+", " ");
        assertThat(example)
                .matches(Pattern.compile(message.code() + ": " + asExpression(message.pattern())));
        assertThat(parts[2])
                .containsPattern("\n\\*\\*Cause\\.\\*\\* \\S")
                .containsPattern("\n\\*\\*Fix\\.\\*\\* \\S");
    }

    private static String asExpression(String pattern) {
        return Pattern.compile("(%[sdn])|[^%]+")
                .matcher(pattern)
                .replaceAll(
                        part ->
                                Matcher.quoteReplacement(
                                        switch (part.group()) {
                                            case "%s" -> ".*";
                                            case "%d" -> "\\d+";
                                            case "%n" -> " ";
                                            default -> Pattern.quote(part.group());
                                        }));
    }

    @Test
    void everyEntryIsOfAMessage() throws IOException {
        List<String> codes = Arrays.stream(Message.values()).map(Message::code).toList();
        assertThat(headings(Path.of("docs/messages.md")))
                .filteredOn(heading -> heading.startsWith("cab0"))
                .allMatch(heading -> codes.contains(heading.toUpperCase(Locale.ROOT)));
    }

    /** To a file, a folder or a heading of this repository. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        Matcher links = LINK.matcher(read(page.toString()).replaceAll("(?s)```.*?```", ""));
        while (links.find()) {
            String file = links.group(1);
            Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
            assertThat(ROOT.resolve(target)).as(links.group()).exists();
            if (links.group(2) != null) {
                assertThat(headings(target)).as(links.group()).contains(links.group(2));
            }
        }
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of(".", "docs", "benchmarks", "examples")) {
            try (Stream<Path> files =
                    Files.walk(ROOT.resolve(folder), folder.equals(".") ? 1 : 3)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(file -> ROOT.relativize(file).normalize())
                        .forEach(pages::add);
            }
        }
        return pages.stream().distinct().sorted();
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static List<String> headings(Path page) throws IOException {
        return read(page.toString())
                .replaceAll("(?s)```.*?```", "")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(
                        line ->
                                line.replaceFirst("#+ ", "")
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void noCodeIsUsedTwice(Message message) {
        Set<String> others = new HashSet<>();
        Arrays.stream(Message.values())
                .filter(other -> other != message)
                .forEach(other -> others.add(other.code()));
        assertThat(others).doesNotContain(message.code());
    }
}
