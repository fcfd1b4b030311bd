package org.cabstand;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An application with a {@code META-INF/persistence.xml}, as a test writes it. */
abstract class PersistenceXmlFixture {

    @TempDir Path directory;

    final Map<String, String> properties = new HashMap<>();
    ClassLoader before;
    URLClassLoader loader;

    @BeforeEach
    void setLoader() throws IOException {
        before = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(loader);
        Files.createDirectory(directory.resolve("META-INF"));
    }

    @AfterEach
    void resetLoader() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    void units(String... units) throws IOException {
        Files.writeString(
                directory.resolve("META-INF/persistence.xml"),
                "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">"
                        + String.join("", units)
                        + "</persistence>");
    }

    static String unit(String name, String content) {
        return "<persistence-unit name=\"" + name + "\">" + content + "</persistence-unit>";
    }

    void pool(String name, String... settings) {
        String prefix = "cabstand.pool." + name + ".";
        properties.put(prefix + "url", "jdbc:h2:mem:unit-" + name + ";DB_CLOSE_DELAY=-1");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(prefix + settings[i], settings[i + 1]);
        }
    }

    TestApplication start(Class<?>... beans) {
        return TestApplication.startWithJta(properties, beans);
    }
}
