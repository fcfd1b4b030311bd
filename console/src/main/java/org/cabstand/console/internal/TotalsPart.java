package org.cabstand.console.internal;

import java.util.Comparator;
import java.util.Map;
import org.cabstand.PoolTotals;

/**
 * The totals of a pool since its start.
 *
 * <p>Thread safety: immutable.
 */
record TotalsPart(PoolTotals totals) {

    Html html() {
        return Parts.section(
                "totals",
                "Since the start",
                Html.of(
                        "<dl class=\"numbers small\">\n{}{}{}{}{}</dl>\n<h3>Evictions</h3>\n{}",
                        Parts.number("Borrows", totals.borrows()),
                        Parts.number("Opened", totals.opened()),
                        Parts.number("Waited in vain", totals.timeouts()),
                        Parts.number("Rolled back at return", totals.unfinished()),
                        Parts.number("Held too long", totals.leaks()),
                        evictions()));
    }

    private Html evictions() {
        if (totals.evictions().isEmpty()) {
            return Html.of("<p>None.</p>\n");
        }
        return Parts.table(
                "Evictions",
                Html.of("{}{}", Parts.head("Reason"), Parts.headOfNumbers("Connections")),
                Html.all(
                        totals.evictions().entrySet().stream()
                                .sorted(
                                        Comparator.comparing(
                                                        (Map.Entry<String, Long> entry) ->
                                                                -entry.getValue())
                                                .thenComparing(Map.Entry::getKey))
                                .map(TotalsPart::row)));
    }

    private static Html row(Map.Entry<String, Long> eviction) {
        return Html.of(
                "<tr data-key=\"{}\"><th scope=\"row\">{}</th><td class=\"number\">{}</td></tr>\n",
                eviction.getKey(),
                eviction.getKey(),
                eviction.getValue());
    }
}
