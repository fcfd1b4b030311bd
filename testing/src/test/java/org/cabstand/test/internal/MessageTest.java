package org.cabstand.test.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {

    @ParameterizedTest
    @EnumSource
    void everyMessageIsListedAsItIs(Message message) throws IOException {
        assertThat(Files.readString(Path.of("../docs/messages.md"))).contains(message.row());
    }
}
