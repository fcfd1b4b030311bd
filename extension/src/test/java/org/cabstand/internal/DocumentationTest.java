package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** One of an enum of messages, in its source: code and text. */
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "[A-Z_]+\\(\\s*\"(CAB0\\d+)\",\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*)?)+)\\)");

    /** A part of a text, and what joins it to the next. */
    private static final Pattern LITERAL =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s*\\+\\s*)?");

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

    /** A message of any artifact. */
    record Documented(String code, String pattern) {}

    static Stream<Documented> messages() throws IOException {
        List<Documented> all = new ArrayList<>();
        for (Message message : Message.values()) {
            all.add(new Documented(message.code(), message.pattern()));
        }
        for (Path source : messagesOfOtherArtifacts()) {
            all.addAll(constants(read(source.toString())));
        }
        return all.stream();
    }

    private static List<Path> messagesOfOtherArtifacts() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java");
                if (!module.endsWith("extension") && Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.filter(file -> file.endsWith("Message.java"))
                                .map(ROOT::relativize)
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    /** This module has no other's classes: the constants are read from the source. */
    private static List<Documented> constants(String source) {
        List<Documented> found = new ArrayList<>();
        Matcher constants = CONSTANT.matcher(source);
        while (constants.find()) {
            String pattern = LITERAL.matcher(constants.group(2)).replaceAll("$1");
            found.add(new Documented(constants.group(1), pattern.translateEscapes()));
        }
        assertThat(found)
                .as("read from the source")
                .hasSameSizeAs(Pattern.compile("\"CAB0\\d+\"").matcher(source).results().toList());
        return found;
    }

    /** A heading gives the anchor: {@code messages.md#cab0012}. */
    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageHasAnEntryWithExampleCauseAndFix(Documented message) throws IOException {
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
        List<String> codes = messages().map(Documented::code).toList();
        assertThat(headings(Path.of("docs/messages.md")))
                .filteredOn(heading -> heading.startsWith("cab0"))
                .allMatch(heading -> codes.contains(heading.toUpperCase(Locale.ROOT)));
    }

    @Test
    void theOtherArtifactsMessagesAreSeen() throws IOException {
        assertThat(messages().map(Documented::code)).contains("CAB0170", "CAB0184");
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

    @Test
    void noCodeIsUsedTwice() throws IOException {
        assertThat(messages().map(Documented::code)).doesNotHaveDuplicates();
    }
}
