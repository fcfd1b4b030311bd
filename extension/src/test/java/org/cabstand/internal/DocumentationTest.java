package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.cabstand.internal.config.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documentation says what the code does. */
class DocumentationTest {

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
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

    @ParameterizedTest
    @EnumSource
    void everyMessageIsListedAsItIs(Message message) throws IOException {
        assertThat(read("docs/messages.md"))
                .contains(
                        "| "
                                + message.code()
                                + " | "
                                + message.pattern().replace("%n", " ")
                                + " |");
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
