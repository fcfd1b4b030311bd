package org.cabstand.internal.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names in a value's expressions, {@code ${NAME}} or {@code ${NAME:default}}, that have
 * no value. Config implementations tell at most that there is one.
 *
 * <p>Thread safety: one thread at a time.
 *
 * @see <a
 *     href="https://download.eclipse.org/microprofile/microprofile-config-3.1/microprofile-config-spec-3.1.html#property-expressions">MicroProfile
 *     Config 3.1, Property Expressions</a>
 */
final class Expressions {

    /** The limit for names that refer to each other in a circle. */
    private static final int DEEPEST = 16;

    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}:]+)}");

    private final UnaryOperator<String> rawValues;
    private final Set<String> withoutValue = new LinkedHashSet<>();

    private Expressions(UnaryOperator<String> rawValues) {
        this.rawValues = rawValues;
    }

    static boolean areIn(String text) {
        return text.contains("${");
    }

    /**
     * Returns the names without a value and without a default, in the order of the text.
     *
     * @param text a value before its expressions are replaced
     * @param rawValues the same for other properties; null for one that is not set
     */
    static Set<String> withoutValue(String text, UnaryOperator<String> rawValues) {
        Expressions expressions = new Expressions(rawValues);
        expressions.read(text, 0);
        return expressions.withoutValue;
    }

    private void read(String text, int depth) {
        for (int i = 0; i + 1 < text.length() && depth < DEEPEST; i++) {
            char c = text.charAt(i);
            char next = text.charAt(i + 1);
            if (c == '\\' || c == '$' && next == '$') {
                i++; // the rest is not an expression
            } else if (c == '$' && next == '{') {
                int end = endOfPart(text, i + 2, '}');
                readOne(text.substring(i + 2, end), depth + 1);
                i = end;
            }
        }
    }

    private void readOne(String expression, int depth) {
        int colon = endOfPart(expression, 0, ':');
        String name = expression.substring(0, colon);
        if (areIn(name)) {
            int known = withoutValue.size();
            read(name, depth);
            if (withoutValue.size() > known) {
                return;
            }
            name = composed(name);
        }
        String value = rawValues.apply(name);
        if (value != null) {
            read(value, depth);
        } else if (colon < expression.length()) {
            read(expression.substring(colon + 1), depth);
        } else {
            withoutValue.add(name);
        }
    }

    private String composed(String name) {
        Matcher innermost = INNERMOST.matcher(name);
        return innermost.replaceAll(
                part -> Matcher.quoteReplacement(String.valueOf(rawValues.apply(part.group(1)))));
    }

    /** The end of a part that may contain braces; the end of the text at the latest. */
    private static int endOfPart(String text, int from, char end) {
        int open = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == end && open == 0) {
                return i;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return text.length();
    }
}
