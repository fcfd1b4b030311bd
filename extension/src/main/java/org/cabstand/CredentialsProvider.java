package org.cabstand;

/**
 * Gives the credentials of a pool where Config cannot, e.g. tokens that live for minutes.
 *
 * <p>A CDI bean of this type with a {@link Pool} qualifier is asked for that pool, one without for all
 * others; {@code username} and {@code password} in Config are not used then.
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
 * <p>Tokens that differ each time replace nothing: a session that is open outlives them. Where sessions end
 * with their credentials, set {@code max-lifetime} shorter than those live.
 *
 * <p>Thread safety: called from the pool's own threads, several at once; there is no request.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * What to open the next physical connection with; asked anew for each.
     *
     * @param pool the pool's name
     * @return user name and password or token
     */
    Credentials credentials(String pool);
}
