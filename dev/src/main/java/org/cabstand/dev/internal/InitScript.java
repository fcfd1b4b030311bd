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
 * SQL that fills a new database, and a note beside the database of which one has filled it. There is none while that
 * has not come to its end.
 *
 * <p>Thread safety: as deployments, one after the other.
 */
final class InitScript {

    private final String sql;
    private final Path note;

    private InitScript(String sql, Path note) {
        this.sql = sql;
        this.note = note;
    }

    /**
     * Reads it.
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

    /** Whether a database that is there got all that it was to get. */
    boolean isDone() {
        return Files.exists(note);
    }

    /** Whether it was another one, or none. */
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
