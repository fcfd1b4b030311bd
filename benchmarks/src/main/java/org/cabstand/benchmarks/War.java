package org.cabstand.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cabstand.benchmarks.app.PingResource;
import org.cabstand.benchmarks.app.RestApplication;
import org.cabstand.benchmarks.entities.World;

/** The WARs that servers run, with Cabstand, Agroal and the driver as libraries. */
final class War {

    static final String NAME = "bench.war";

    private static final Pattern LIBRARIES =
            Pattern.compile("(cabstand-\\d|agroal-|postgresql-).*\\.jar");

    private static final String UNITS =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="server">
                <jta-data-source>%1$s</jta-data-source>
                <class>%2$s</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
              </persistence-unit>
              <persistence-unit name="by-hand" transaction-type="RESOURCE_LOCAL">
                <class>%2$s</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <property name="jboss.as.jpa.managed" value="false"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    /** The second pool takes part in no transaction of the server. */
    private static final String POOLS =
            """
            cabstand.pool.world.jpa.packages=%s
            cabstand.pool.plain.url=${cabstand.pool.world.url}
            cabstand.pool.plain.username=${cabstand.pool.world.username}
            cabstand.pool.plain.max-size=${cabstand.pool.world.max-size}
            cabstand.pool.plain.min-size=${cabstand.pool.world.min-size}
            cabstand.pool.plain.transactions=off
            """;

    private War() {}

    /**
     * Writes the WAR that uses connections: {@code app}.
     *
     * @param directory where to
     * @param payaraResources the server's own data source, which Payara reads from the application
     */
    static Path write(Path directory, String payaraResources) throws IOException {
        return write(directory.resolve(NAME), content("app", payaraResources), libraries());
    }

    /**
     * Writes the WAR that uses JPA: {@code entities}, with two units in a persistence.xml, one of them for the server.
     *
     * @param directory where to
     * @param kind whose data source the server's unit uses
     * @param payaraResources the server's own data source, which Payara reads from the application
     */
    static Path writeEntities(Path directory, ServerKind kind, String payaraResources)
            throws IOException {
        Map<String, byte[]> content = content("entities", payaraResources);
        content.put("WEB-INF/classes/", new byte[0]); // EclipseLink on Open Liberty looks for it
        String application = RestApplication.class.getName().replace('.', '/') + ".class";
        content.put(
                "WEB-INF/classes/" + application,
                Files.readAllBytes(classes().resolve(application)));
        content.put(
                "WEB-INF/classes/META-INF/persistence.xml",
                UNITS.formatted(kind.jndi, World.class.getName()).getBytes(StandardCharsets.UTF_8));
        content.put(
                "WEB-INF/classes/META-INF/microprofile-config.properties",
                POOLS.formatted(World.class.getPackageName()).getBytes(StandardCharsets.UTF_8));
        return write(directory.resolve(NAME), content, libraries());
    }

    private static Map<String, byte[]> content(String classesOf, String payaraResources)
            throws IOException {
        Path classes = classes();
        Path app = classes.resolve("org/cabstand/benchmarks").resolve(classesOf);
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(app)) {
            for (Path each : files.sorted().toList()) {
                content.put(
                        "WEB-INF/classes/" + classes.relativize(each), Files.readAllBytes(each));
            }
        }
        content.put("WEB-INF/beans.xml", new byte[0]);
        content.put(
                "WEB-INF/glassfish-resources.xml",
                payaraResources.getBytes(StandardCharsets.UTF_8));
        return content;
    }

    /**
     * Writes an application that does nothing.
     *
     * @param file where to
     * @param withCabstand whether Cabstand, with Agroal, is in its libraries
     */
    static Path writeEmpty(Path file, boolean withCabstand) throws IOException {
        Path classes = classes();
        Map<String, byte[]> content = new LinkedHashMap<>();
        for (Class<?> each : List.of(RestApplication.class, PingResource.class)) {
            String name = each.getName().replace('.', '/') + ".class";
            content.put("WEB-INF/classes/" + name, Files.readAllBytes(classes.resolve(name)));
        }
        content.put("WEB-INF/beans.xml", new byte[0]);
        return write(
                file,
                content,
                withCabstand
                        ? libraries()
                        : libraries().stream().filter(each -> each.equals(driver())).toList());
    }

    private static Path write(Path war, Map<String, byte[]> content, List<Path> libraries)
            throws IOException {
        Files.createDirectories(war.getParent());
        try (OutputStream file = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> each : content.entrySet()) {
                add(zip, each.getKey(), each.getValue());
            }
            for (Path library : libraries) {
                add(zip, "WEB-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
            }
        }
        return war;
    }

    static Path driver() {
        return libraries().stream()
                .filter(each -> each.getFileName().toString().startsWith("postgresql-"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> libraries() {
        List<Path> libraries =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(each -> LIBRARIES.matcher(each.getFileName().toString()).matches())
                        .toList();
        if (libraries.size() != 4) {
            throw new IllegalStateException(
                    "four libraries are wanted on the class path, as `package` makes them, not "
                            + libraries);
        }
        return libraries;
    }

    private static Path classes() {
        try {
            return Path.of(War.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
