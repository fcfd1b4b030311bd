package org.cabstand;

/**
 * What a physical connection is opened with.
 *
 * <p>Thread safety: immutable. {@link #toString()} shows neither part.
 *
 * @param username the database user; null when the driver needs none
 * @param password its password or token; null when the driver needs none
 */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
