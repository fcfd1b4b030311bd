package org.cabstand.internal.config;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cabstand.Credentials;

/**
 * Takes secrets out of what people get to see.
 *
 * <p>Thread safety: stateless.
 */
public final class Secrets {

    static final String HIDDEN = "***";

    /** {@code //user:password@host}, the user too: the name is often half of the secret. */
    private static final Pattern USER_INFO = Pattern.compile("(//)[^/?;@]*(?:@[^/?;@]*)*@");

    /** {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern ORACLE_USER = Pattern.compile("(?i)(jdbc:oracle:[a-z]+:)[^@]*@");

    private static final Pattern PARAMETER =
            Pattern.compile("([?&;,(]\\s*)([^=?&;,()]+)=([^&;,)]*)");

    private Secrets() {}

    /**
     * A JDBC URL without user information and without the values of secret parameters.
     *
     * @param url the URL, may be null
     * @return the URL fit for logs; null for null
     */
    public static String url(String url) {
        if (url == null) {
            return null;
        }
        String shown = ORACLE_USER.matcher(url).replaceAll("$1" + HIDDEN + "@");
        shown = USER_INFO.matcher(shown).replaceAll("$1" + HIDDEN + "@");
        return PARAMETER
                .matcher(shown)
                .replaceAll(
                        m ->
                                m.group(1)
                                        + m.group(2).replace("$", "\\$")
                                        + "="
                                        + (isSecret(m.group(2))
                                                ? HIDDEN
                                                : m.group(3)
                                                        .replace("\\", "\\\\")
                                                        .replace("$", "\\$")));
    }

    /**
     * Whether the value of such a property must not be shown.
     *
     * @param name a property's name
     * @return true for passwords, tokens, keys and users
     */
    public static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("passwd")
                || lower.contains("pwd")
                || lower.contains("passphrase")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("credential")
                || lower.contains("user")
                || lower.contains("apikey")
                || lower.contains("accesskey")
                || lower.contains("privatekey");
    }

    /**
     * A text of the driver, e.g. an error's, with the secrets of a pool taken out.
     *
     * @param text the text, may be null
     * @param settings the pool's settings
     * @param credentials what the connection was opened with
     * @return the text fit for people; null for null
     */
    public static String text(String text, PoolSettings settings, Credentials credentials) {
        if (text == null) {
            return null;
        }
        String shown =
                settings.url() == null ? text : text.replace(settings.url(), settings.shownUrl());
        for (Map.Entry<String, String> property : settings.properties().entrySet()) {
            if (isSecret(property.getKey())) {
                shown = hide(shown, property.getValue());
            }
        }
        return hide(shown, credentials.password());
    }

    /**
     * Whether a stack trace would show a secret of a pool.
     *
     * @param error what the driver threw
     * @param settings the pool's settings
     * @param credentials what the connection was opened with
     * @return true when one is in its message, or in that of a cause, a suppressed or a next exception
     */
    public static boolean areIn(Throwable error, PoolSettings settings, Credentials credentials) {
        return areIn(
                error, settings, credentials, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean areIn(
            Throwable error, PoolSettings settings, Credentials credentials, Set<Throwable> seen) {
        if (error == null || !seen.add(error)) {
            return false;
        }
        String text = error.toString();
        if (!text.equals(text(text, settings, credentials))
                || areIn(error.getCause(), settings, credentials, seen)
                || error instanceof SQLException e
                        && areIn(e.getNextException(), settings, credentials, seen)) {
            return true;
        }
        return Arrays.stream(error.getSuppressed())
                .anyMatch(suppressed -> areIn(suppressed, settings, credentials, seen));
    }

    private static String hide(String text, String secret) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, HIDDEN);
    }
}
