package org.cabstand.internal.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's Java agent is recognised by its class, in the loader that agents are in. */
class JavaAgentTest {

    @TempDir Path directory;

    @Test
    void itIsFoundWhereItIs() throws Exception {
        Path source = directory.resolve("OpenTelemetryAgent.java");
        Files.writeString(
                source, "package io.opentelemetry.javaagent; public class OpenTelemetryAgent {}");
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", directory.toString(), source.toString());
        assertThat(failed).isZero();
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            assertThat(JavaAgent.isIn(loader)).isTrue();
        }
    }

    @Test
    void thereIsNoneHere() {
        assertThat(JavaAgent.isIn(getClass().getClassLoader())).isFalse();
        assertThat(JavaAgent.tracesStatements()).isFalse();
    }
}
