package org.cabstand.internal.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cabstand.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Removes secrets from what users see.
 *
 * <p>Thread safety: stateless.
 */
public final class Secrets {

    static final String HIDDEN = "***";

    /**
     * {@code //user:password@host}. The user is hidden too, because the name is often half of the
     * secret. A password may contain any character; a port before the first slash is not one.
     */
    private static final Pattern USER_INFO =
            Pattern.compile(
                    "^([^/?;@(]*//)((?:[^/?;@:(\\[]*:(?!\\d+(?:[/?;,]|$)).*|[^/?;(]*)@)",
                    Pattern.DOTALL);

    /** The same after what looks like a port: it may be a number that a password begins with. */
    private static final Pattern MAYBE_USER_INFO =
            Pattern.compile("^([^/?;@(]*//)([^/?;@:(\\[]+:[^?;(]*@)");

    /** {@code jdbc:oracle:thin:user/password@host}, which may be another driver's that watches Oracle's. */
    private static final Pattern ORACLE_USER =
            Pattern.compile("(?i)^(jdbc:(?:[^:/]+:)*oracle:[a-z0-9]+:)(.+@)", Pattern.DOTALL);

    /** A parameter; its value ends where the next parameter begins. */
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "([?&;,(:]\\s*)([^=?&;,():/]+)=([^&;,)]*(?:[;,](?!$|[^=&;,()]+=)[^&;,)]*)*)");

    /** H2's, to the end, because its statements may have anything in them: {@code CREATE USER … PASSWORD '…'}. */
    private static final Pattern INITIAL_SQL =
            Pattern.compile("(?i)^(jdbc:h2:.*?;INIT=)(.+)", Pattern.DOTALL);

    private Secrets() {}

    /**
     * Returns a JDBC URL without user information and without the values of secret parameters.
     *
     * @param url the URL
     * @return the URL for logs; null for null
     */
    public static @Nullable String url(@Nullable String url) {
        return url == null ? null : shown(url);
    }

    /** As {@link #url}, for a URL that is not null. */
    static String shown(String url) {
        return hide(url, secret -> {});
    }

    /** Passes on each secret, as written and decoded. */
    private static String hide(String url, Consumer<String> secrets) {
        String shown = INITIAL_SQL.matcher(url).replaceFirst("$1" + HIDDEN);
        for (Pattern userInfo : List.of(ORACLE_USER, USER_INFO, MAYBE_USER_INFO)) {
            shown =
                    userInfo.matcher(shown)
                            .replaceFirst(
                                    m -> {
                                        tell(m.group(2), secrets);
                                        return quoted(m.group(1) + HIDDEN + "@");
                                    });
        }
        return PARAMETER
                .matcher(shown)
                .replaceAll(
                        m -> {
                            if (!isSecret(m.group(2))) {
                                return quoted(m.group());
                            }
                            if (!isUser(m.group(2))) {
                                secrets.accept(m.group(3));
                                secrets.accept(decoded(m.group(3)));
                            }
                            return quoted(m.group(1) + m.group(2) + "=" + HIDDEN);
                        });
    }

    /** Passes on the password of {@code user:password@} or {@code user/password@}. */
    private static void tell(String userInfo, Consumer<String> secrets) {
        String[] parts = userInfo.substring(0, userInfo.length() - 1).split("[:/]", 2);
        if (parts.length == 2) {
            secrets.accept(parts[1]);
            secrets.accept(decoded(parts[1]));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // it was not encoded
        }
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    /**
     * Whether a URL has a user name or password before its host. Most drivers take them for part of
     * the host's name.
     *
     * @param url the URL
     * @return false for {@code jdbc:oracle:thin:user/password@host}, which is Oracle's own form
     */
    static boolean areBeforeHost(String url) {
        return USER_INFO.matcher(url).find();
    }

    /**
     * Returns a URL without user name and password before its host.
     *
     * @param url the URL
     * @return the same URL if there are none
     */
    public static String withoutUserInfo(String url) {
        return USER_INFO.matcher(url).replaceFirst("$1");
    }

    /**
     * Whether the value of a property must be hidden.
     *
     * @param name a property's name
     * @return true for passwords, tokens, keys, users and initial SQL
     */
    public static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isUser(name)
                || lower.contains("pass")
                || lower.contains("pwd")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("credential")
                || lower.contains("apikey")
                || lower.contains("accesskey")
                || lower.contains("privatekey")
                || lower.equals("init") // H2's initial SQL
                || lower.endsWith("key") && !lower.equals("sslkey"); // that one is a file
    }

    private static boolean isUser(String name) {
        return name.toLowerCase(Locale.ROOT).contains("user");
    }

    /**
     * Removes the secrets of a pool from a text of the driver, for example an error.
     *
     * @param text the text
     * @param settings the pool's settings
     * @param credentials the credentials that opened the connection
     * @return the text for users; null for null
     */
    public static @Nullable String text(
            @Nullable String text, PoolSettings settings, Credentials credentials) {
        if (text == null) {
            return null;
        }
        String shown = settings.hasUrl() ? text.replace(settings.url(), url(settings.url())) : text;
        for (Map.Entry<String, String> property : settings.properties().entrySet()) {
            if (isSecret(property.getKey())) {
                shown = hide(shown, property.getValue());
            }
        }
        if (settings.hasUrl()) {
            List<String> ofUrl = new ArrayList<>();
            hide(settings.url(), ofUrl::add);
            for (String secret : ofUrl) {
                shown = hide(shown, secret);
            }
        }
        return hide(shown, credentials.password());
    }

    /**
     * Whether a stack trace would show a secret of a pool.
     *
     * @param error the driver's exception
     * @param settings the pool's settings
     * @param credentials the credentials that opened the connection
     * @return true if one is in its message, or in that of a cause, a suppressed or a next
     *     exception
     */
    public static boolean areIn(Throwable error, PoolSettings settings, Credentials credentials) {
        return areIn(
                error, settings, credentials, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean areIn(
            @Nullable Throwable error,
            PoolSettings settings,
            Credentials credentials,
            Set<Throwable> seen) {
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

    private static String hide(String text, @Nullable String secret) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, HIDDEN);
    }
}
