package org.cabstand;

/**
 * Provides the credentials of a pool if Config cannot, for example tokens that live for minutes.
 *
 * <p>A CDI bean of this type with a {@link Pool} qualifier is called for that pool, a bean without
 * one for all other pools. {@code username} and {@code password} in Config are then not used.
 *
 * <pre>{@code
 * @ApplicationScoped @Pool("orders")
 * public class Tokens implements CredentialsProvider {
 *     public Credentials credentials(String pool) {
 *         return new Credentials("shop", vault.token());
 *     }
 * }
 * }</pre>
 *
 * <p>A new token does not replace open connections: a session outlives the token that opened it. If
 * your sessions end with their credentials, set {@code max-lifetime} to less than the credentials'
 * lifetime.
 *
 * <p>It must not use the pool itself, which may have no connection yet. An exception, an Error or {@code null} fails
 * one attempt to open a connection.
 *
 * <p>Thread safety: called by the pool's own threads, by several at once, and outside any request.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * Returns the credentials for the next physical connection. Called for each one.
     *
     * @param pool the pool's name
     * @return the user name with its password or token
     */
    Credentials credentials(String pool);
}
