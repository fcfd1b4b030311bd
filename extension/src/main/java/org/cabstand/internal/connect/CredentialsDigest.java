package org.cabstand.internal.connect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.cabstand.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A salted digest that tells whether two credentials are the same, without keeping either.
 *
 * <p>Thread safety: immutable.
 */
public final class CredentialsDigest {

    private static final byte[] SALT = new byte[16];

    static {
        new SecureRandom().nextBytes(SALT);
    }

    private final byte[] digest;

    private CredentialsDigest(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Makes the digest.
     *
     * @param credentials not kept
     * @return equal for equal credentials
     */
    public static CredentialsDigest of(Credentials credentials) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SALT);
            sha.update(bytes(credentials.username()));
            sha.update((byte) 0xff); // a byte that UTF-8 never contains
            return new CredentialsDigest(sha.digest(bytes(credentials.password())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(@Nullable String text) {
        return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CredentialsDigest that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "CredentialsDigest[***]";
    }
}
