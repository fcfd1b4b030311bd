package org.cabstand;

import org.jspecify.annotations.Nullable;

/**
 * User name and password that open a physical connection.
 *
 * <p>Thread safety: immutable. {@link #toString()} shows neither part.
 *
 * @param username the database user; null if the driver needs none
 * @param password the user's password or token; null if the driver needs none
 */
public record Credentials(@Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
