package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The documentation lists the limit of each call into code that is not ours. */
class CallLimitTest {

    @Test
    void theTableInTheDocumentationIsWhatTheCodeDoes() throws IOException {
        String text = Files.readString(Path.of("../docs/resilience.md"));
        String head = "| call | limit |\n|---|---|\n";
        int begin = text.indexOf(head) + head.length();
        assertThat(text.substring(begin, text.indexOf("\n\n", begin)).lines())
                .containsExactlyElementsOf(
                        Arrays.stream(CallLimit.values()).map(CallLimit::row).toList());
    }
}
