package org.cabstand.internal.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cabstand.internal.Log;

/**
 * Finds the classes that JPA manages in an application's archives. Providers each scan in their own way, and none of
 * them understands the archives of every server.
 *
 * <p>Thread safety: confined to deployment.
 */
final class ManagedClasses {

    private static final String CLASS = ".class";
    private static final String PACKAGE = "jakarta/persistence/";
    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "jakarta.persistence.Entity",
                    "jakarta.persistence.Embeddable",
                    "jakarta.persistence.MappedSuperclass",
                    "jakarta.persistence.Converter");

    private final ClassLoader loader;
    private final Set<String> found = new TreeSet<>();

    ManagedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    Set<String> found() {
        return found;
    }

    /**
     * Adds the classes of an archive.
     *
     * @param root a directory or a jar, as a class loader names it
     */
    void addAll(URL root) throws IOException {
        walk(root, "");
    }

    /**
     * Adds the classes of a package and its subpackages, in whatever archive.
     *
     * @param name the package's name
     */
    void addPackage(String name) throws IOException {
        String path = name.replace('.', '/');
        for (URL directory : Collections.list(loader.getResources(path))) {
            walk(directory, path + "/");
        }
    }

    private void walk(URL root, String below) throws IOException {
        if (root.getProtocol().equals("file")) {
            Path path = Path.of(java.net.URI.create(root.toString().replace(" ", "%20")));
            if (Files.isDirectory(path)) {
                walk(path, below);
                return;
            }
        }
        String url = root.toString();
        int inner = url.lastIndexOf("!/");
        if (inner >= 0) { // a directory of a jar, or of a WAR that was not unpacked
            String jar = url.substring(url.indexOf(':') + 1, inner);
            String directory = url.substring(inner + 2);
            String prefix =
                    directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
            read(new URL(jar), prefix, below);
        } else {
            read(root, "", below); // WildFly gives a directory as the stream of a jar
        }
    }

    private void walk(Path directory, String below) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(CLASS)) {
                    look(below + name, Files.readAllBytes(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(URL jar, String prefix, String below) throws IOException {
        URLConnection connection = jar.openConnection();
        connection.setUseCaches(false); // a cached jar would stay open
        if (connection instanceof JarURLConnection nested) {
            throw new IOException("a jar within a jar: " + nested.getURL());
        }
        try (InputStream stream = connection.getInputStream();
                ZipInputStream zip =
                        stream instanceof ZipInputStream ready
                                ? ready
                                : new ZipInputStream(stream)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (e.getName().startsWith(prefix) && e.getName().endsWith(CLASS)) {
                    look(below + e.getName().substring(prefix.length()), zip.readAllBytes());
                }
            }
        }
    }

    /** Loads the class only if it mentions JPA. */
    private void look(String file, byte[] bytes) {
        if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(PACKAGE)) {
            return;
        }
        String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
        try {
            List<String> annotations =
                    Arrays.stream(Class.forName(name, false, loader).getAnnotations())
                            .map(annotation -> annotation.annotationType().getName())
                            .toList();
            if (annotations.stream().anyMatch(ANNOTATIONS::contains)) {
                found.add(name);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            Log.debug("a class that mentions JPA cannot be loaded, and is no entity", e);
        }
    }
}
