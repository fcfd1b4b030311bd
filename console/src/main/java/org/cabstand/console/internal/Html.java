package org.cabstand.console.internal;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a page. Values are escaped unless they are pieces themselves, because names of threads, SQL and errors of
 * databases are untrusted text.
 *
 * <p>Thread safety: immutable.
 */
final class Html {

    static final Html NONE = new Html("");

    private static final String GAP = "{}";

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Fills a template.
     *
     * @param template markup with a {@code {}} for each value, in text or in a quoted attribute
     * @param values pieces, or anything else, whose text is escaped
     */
    static Html of(String template, Object... values) {
        StringBuilder filled = new StringBuilder(template.length() + 64);
        int from = 0;
        for (Object value : values) {
            int gap = template.indexOf(GAP, from);
            if (gap < 0) {
                throw new IllegalArgumentException("more values than gaps: " + template);
            }
            filled.append(template, from, gap);
            if (value instanceof Html piece) {
                filled.append(piece.markup);
            } else {
                escape(String.valueOf(value), filled);
            }
            from = gap + GAP.length();
        }
        if (template.indexOf(GAP, from) >= 0) {
            throw new IllegalArgumentException("more gaps than values: " + template);
        }
        return new Html(filled.append(template, from, template.length()).toString());
    }

    /** Joins pieces. */
    static Html all(Stream<Html> pieces) {
        return new Html(pieces.map(piece -> piece.markup).collect(Collectors.joining()));
    }

    /** The piece if the condition holds, otherwise an empty one. */
    static Html when(boolean wanted, Html piece) {
        return wanted ? piece : NONE;
    }

    private static void escape(String text, StringBuilder escaped) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isShown(c) ? c : '\uFFFD');
            }
        }
    }

    /** Whether a character may be shown: no controls, and none that changes the direction of the text beside it. */
    private static boolean isShown(char c) {
        return c == '\n'
                || c == '\t'
                || !Character.isISOControl(c)
                        && !(c >= '\u202A' && c <= '\u202E')
                        && !(c >= '\u2066' && c <= '\u2069');
    }

    @Override
    public String toString() {
        return markup;
    }
}
