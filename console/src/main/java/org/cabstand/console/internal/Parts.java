package org.cabstand.console.internal;

/** Pieces that several parts of a page share. */
final class Parts {

    private Parts() {}

    /** A part of a page with its heading. */
    static Html section(String id, String heading, Html content) {
        return Html.of("<section><h2 id=\"{}\">{}</h2>\n{}</section>\n", id, heading, content);
    }

    /** A table that may be wider than the window. */
    static Html table(String name, Html head, Html rows) {
        return table(name, "", head, rows);
    }

    /** As above, with a class of the style sheet. */
    static Html table(String name, String kind, Html head, Html rows) {
        return Html.of(
                """
                <div class="scroll" role="region" aria-label="{}" tabindex="0"><table class="{}">
                <thead><tr>{}</tr></thead>
                <tbody>
                {}</tbody>
                </table></div>
                """,
                name,
                kind,
                head,
                rows);
    }

    static Html head(String name) {
        return Html.of("<th scope=\"col\">{}</th>", name);
    }

    static Html headOfNumbers(String name) {
        return Html.of("<th scope=\"col\" class=\"number\">{}</th>", name);
    }

    /** A number with its label. */
    static Html number(String name, Object value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
    }

    /** The text with a capital letter, to begin a sentence. */
    static String upper(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
