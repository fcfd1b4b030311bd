package org.cabstand.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars that applications are made of, as the execution {@code war-libs} of a server's module
 * collects them.
 */
final class Libraries {

    static final List<String> HIBERNATE =
            List.of(
                    "hibernate-core",
                    "hibernate-commons-annotations",
                    "jandex",
                    "classmate",
                    "byte-buddy",
                    "antlr4-runtime",
                    "jboss-logging",
                    "jakarta.xml.bind-api",
                    "jakarta.activation-api",
                    "jaxb-runtime",
                    "jaxb-core",
                    "txw2",
                    "istack-commons-runtime",
                    "angus-activation");

    static final List<String> FLYWAY =
            List.of(
                    "flyway-core",
                    "flyway-database-postgresql",
                    "jackson-databind",
                    "jackson-core",
                    "jackson-annotations");

    /** What the server may have instead of the applications. */
    static final List<String> SHARED = List.of("cabstand", "agroal-api", "agroal-pool");

    private Libraries() {}

    /**
     * Gives Cabstand and Agroal to a server.
     *
     * @param folder where the server looks for what applications share
     * @return the files that are there now, to be deleted
     * @throws IOException if they cannot be copied
     */
    static List<Path> share(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.createDirectories(folder);
        for (String jar : SHARED) {
            Path file = folder.resolve(jar + ".jar");
            files.add(file);
            Files.copy(jar(jar).toPath(), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return files;
    }

    /** What applications bring along on a server that is none of Jakarta EE. */
    static File[] serversOwn() {
        return isForJakartaEe()
                ? new File[0]
                : new File(System.getProperty("it.more-libs")).listFiles();
    }

    static boolean isForJakartaEe() {
        return System.getProperty("it.more-libs") == null;
    }

    static File jar(String artifact) {
        File jar = new File(System.getProperty("it.war-libs"), artifact + ".jar");
        if (!jar.isFile()) {
            throw new IllegalStateException(
                    jar + " is missing: the execution war-libs of the server's pom copies it");
        }
        return jar;
    }
}
