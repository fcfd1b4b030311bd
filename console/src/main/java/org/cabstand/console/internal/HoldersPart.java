package org.cabstand.console.internal;

import java.time.Duration;
import java.util.List;
import org.cabstand.Holder;

/**
 * The holders of a pool's connections, the oldest first.
 *
 * <p>Thread safety: immutable.
 */
record HoldersPart(View view) {

    Html html() {
        List<Holder> holders = view.state().holders();
        return Parts.section(
                "holders",
                "Who holds connections",
                holders.isEmpty()
                        ? Html.of("<p>Nobody.</p>\n")
                        : Html.of(
                                "{}{}",
                                Html.when(
                                        view.state().active() > holders.size(),
                                        Html.of(
                                                "<p>The {} that have been held longest.</p>\n",
                                                holders.size())),
                                Parts.table(
                                        "Holders",
                                        Html.of(
                                                "{}{}{}",
                                                Parts.headOfNumbers("For"),
                                                Parts.head("Thread"),
                                                Parts.head("Where it is now")),
                                        Html.all(holders.stream().map(this::row)))));
    }

    private Html row(Holder holder) {
        return Html.of(
                """
                <tr data-key="{} {}"><td class="number">{}</td><th scope="row">{}</th><td>{}{}{}{}{}{}{}</td></tr>
                """,
                holder.thread(),
                holder.since(),
                Words.time(Duration.between(holder.since(), view.state().at())),
                holder.thread(),
                line("<p><code>{}</code></p>", holder.frame()),
                line("<p>{}</p>", holder.note() == null ? null : Parts.upper(holder.note())),
                line("<p>{}</p>", View.isInDatabase(holder) ? "In a call to the database" : null),
                line("<pre>{}</pre>", holder.statement()),
                line("<p>Borrowed at <code>{}</code></p>", holder.borrowedAt()),
                line("<p>{}</p>", holder.leaving() ? "Evicted: closed when it comes back" : null),
                stack(holder));
    }

    /** A piece for the text; empty for null. */
    private static Html line(String template, String value) {
        return value == null ? Html.NONE : Html.of(template, value);
    }

    private static Html stack(Holder holder) {
        return Html.when(
                !holder.stack().isEmpty(),
                Html.of(
                        "<details><summary>Stack<span class=\"hidden\"> of {}</span></summary><pre>{}</pre></details>",
                        holder.thread(),
                        String.join("\n", holder.stack())));
    }
}
