package org.cabstand.dev.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SQL that fills a new database. A note beside the database tells which script has filled it; it is missing if a script
 * has not finished.
 *
 * <p>Thread safety: deployments call it one after the other.
 */
final class InitScript {

    private final String sql;
    private final Path note;

    private InitScript(String sql, Path note) {
        this.sql = sql;
        this.note = note;
    }

    /**
     * Reads a script.
     *
     * @param name a resource or a file; null for none
     */
    static InitScript of(String name, ClassLoader loader, Path note) throws IOException {
        return new InitScript(name == null ? "" : read(name, loader), note);
    }

    private static String read(String name, ClassLoader loader) throws IOException {
        String resource = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in != null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return Files.readString(Path.of(name));
    }

    String sql() {
        return sql;
    }

    /** Whether an existing database was filled completely. */
    boolean isDone() {
        return Files.exists(note);
    }

    /** Whether another script, or none, has filled the database. */
    boolean isAnother() throws IOException {
        return !sql.isEmpty() && !Files.readString(note).equals(digest());
    }

    void begin() throws IOException {
        Files.deleteIfExists(note);
    }

    void done() throws IOException {
        Files.writeString(note, digest());
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JVM has it", e);
        }
    }
}
