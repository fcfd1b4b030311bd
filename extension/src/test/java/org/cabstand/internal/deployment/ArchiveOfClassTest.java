package org.cabstand.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers differ in what they call the code source of a class. */
class ArchiveOfClassTest {

    /** A class of an application. */
    static final class Sample {}

    private static final String FILE = Sample.class.getName().replace('.', '/') + ".class";

    /** A server's. */
    private static final class Loader extends ClassLoader {

        Class<?> define(String source) throws IOException {
            try (InputStream stream = Sample.class.getResourceAsStream("/" + FILE)) {
                byte[] bytes = stream.readAllBytes();
                CodeSource code = new CodeSource(new URL(source), (Certificate[]) null);
                return defineClass(
                        Sample.class.getName(),
                        bytes,
                        0,
                        bytes.length,
                        new ProtectionDomain(code, null));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file:/war/WEB-INF/classes/, file:/war/WEB-INF/classes/",
        "file:/war/WEB-INF/classes/%s, file:/war/WEB-INF/classes/",
        "file:/war/WEB-INF/lib/domain.jar, file:/war/WEB-INF/lib/domain.jar",
        "jar:file:/war/WEB-INF/lib/domain.jar!/%s, jar:file:/war/WEB-INF/lib/domain.jar!/"
    })
    void isTheDirectoryOrTheJar(String source, String archive) throws IOException {
        Class<?> type = new Loader().define(source.replace("%s", FILE));
        assertThat(InjectionPoints.archive(type)).hasToString(archive);
    }

    @Test
    void isUnknownForTheJdk() {
        assertThat(InjectionPoints.archive(String.class)).isNull();
    }
}
