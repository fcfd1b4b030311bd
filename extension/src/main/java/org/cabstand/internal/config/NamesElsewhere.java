package org.cabstand.internal.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.cabstand.internal.database.Database;

/**
 * Knows the names of settings in other pools, and how URLs begin elsewhere. A test compares them
 * with the tables in {@code docs/from-*.md}.
 *
 * <p>Thread safety: stateless. The names are read each time, because this happens only when there
 * is a fault to report.
 */
public final class NamesElsewhere {

    static final String RESOURCE = "names-elsewhere.txt";

    private static final String GUIDE = ".md";
    private static final String ANY = "<k>";

    private NamesElsewhere() {}

    /**
     * Returns the hint for an unknown key.
     *
     * @param key without the pool's prefix
     * @return a sentence with a space before it; empty if nothing is known and nothing is similar
     */
    static String hint(String key) {
        List<String> ours = find(key);
        if (ours.isEmpty()) {
            return ClosestName.hint(key, Arrays.stream(Key.values()).map(Key::key).toList());
        }
        return ours.get(0).endsWith(GUIDE)
                ? " docs/" + ours.get(0) + " says what to use instead."
                : didYouMean(ours, "");
    }

    /** Returns the hint for an environment variable that sets nothing. */
    static String hintForVariable(String variable, Collection<String> pools) {
        String form = Key.environmentName(variable);
        String prefix = Key.environmentName(Key.DEFAULTS_PREFIX);
        for (String pool : pools) {
            if (form.startsWith(Variables.ofPool(pool))) {
                prefix = Variables.ofPool(pool);
            }
        }
        if (form.startsWith(prefix)) {
            String of = prefix;
            List<String> ours =
                    find(form.substring(prefix.length())).stream()
                            .filter(our -> !our.endsWith(GUIDE))
                            .map(our -> of + Key.environmentName(our.replaceFirst("=.*", "")))
                            .toList();
            if (!ours.isEmpty()) {
                return didYouMean(ours, "");
            }
        }
        return ClosestName.hint(variable, Variables.all(pools));
    }

    /**
     * Returns the hint for a URL that no driver accepts.
     *
     * @param url the URL
     * @return a sentence with a space before it; empty if nothing is known and nothing is similar
     */
    public static String urlHint(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, List<String>> known : read().entrySet()) {
            if (known.getKey().contains(":") && lower.startsWith(known.getKey())) {
                return didYouMean(known.getValue(), "…");
            }
        }
        String beginning = url.replaceFirst("^(jdbc:[^:]*:).*", "$1");
        return Database.of(url) != Database.OTHER || beginning.equals(url)
                ? ""
                : ClosestName.hint(beginning, Database.urlPrefixes()).replace("'?", "…'?");
    }

    private static String didYouMean(List<String> ours, String more) {
        return ours.stream()
                .map(our -> "'" + our + more + "'")
                .collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    private static List<String> find(String key) {
        Map<String, List<String>> known = read();
        for (String rest = key; ; rest = rest.substring(rest.indexOf('.') + 1)) {
            List<String> exact = known.get(plain(rest));
            if (exact != null) {
                return exact;
            }
            for (int dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.', dot + 1)) {
                List<String> ours = known.get(plain(rest.substring(0, dot)) + ANY);
                if (ours != null) {
                    String end = rest.substring(dot + 1);
                    return ours.stream().map(our -> our.replace(ANY, end)).toList();
                }
            }
            if (rest.indexOf('.') < 0) {
                return List.of();
            }
        }
    }

    /**
     * Returns the same for {@code maximumPoolSize}, {@code maximum-pool-size} and {@code
     * MAXIMUM_POOL_SIZE}.
     */
    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(":") ? lower : lower.replaceAll("[-_.]", "");
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        try (InputStream resource = NamesElsewhere.class.getResourceAsStream(RESOURCE);
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] sides = line.split(" = ", 2);
                known.put(sides[0], List.of(sides[1].split(", ", -1)));
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
