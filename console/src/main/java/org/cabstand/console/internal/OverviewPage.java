package org.cabstand.console.internal;

import java.util.Comparator;
import java.util.List;
import org.cabstand.PoolState;
import org.cabstand.console.internal.History.Sample;

/**
 * The page with all pools of the application: first the problems, then a row for each pool.
 *
 * <p>Thread safety: immutable.
 */
record OverviewPage(Layout layout, List<View> pools) {

    /** The most sentences about problems, because nobody reads more; the table has all pools. */
    private static final int SENTENCES = 6;

    /** Seconds in one step of the chart. */
    private static final int SPAN = 5;

    Html html() {
        List<View> sorted =
                pools.stream()
                        .sorted(Comparator.comparing(Condition::of).thenComparing(View::name))
                        .toList();
        List<View> bad = sorted.stream().filter(pool -> Condition.of(pool).needsHelp()).toList();
        String verdict = verdict(bad);
        return layout.page(
                verdict,
                true,
                Html.of(
                        """
                        <div role="status"><h1 class="verdict {}">{}</h1></div>
                        {}{}
                        """,
                        bad.isEmpty() ? "good" : Condition.of(bad.get(0)).tone(),
                        verdict,
                        sentences(bad),
                        pools.isEmpty()
                                ? Html.of("<p class=\"lead\">This application has no pool.</p>")
                                : table(sorted)));
    }

    private String verdict(List<View> bad) {
        if (pools.isEmpty()) {
            return "No pools";
        }
        if (bad.isEmpty()) {
            return pools.size() == 1
                    ? "The pool is well"
                    : "All " + pools.size() + " pools are well";
        }
        if (pools.size() == 1) {
            return "The pool needs attention";
        }
        return bad.size()
                + " of "
                + pools.size()
                + " pools need"
                + (bad.size() == 1 ? "s" : "")
                + " attention";
    }

    private Html sentences(List<View> bad) {
        if (bad.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                "<ul class=\"sentences\">\n{}{}</ul>\n",
                Html.all(
                        bad.stream()
                                .limit(SENTENCES)
                                .map(
                                        pool ->
                                                Html.of(
                                                        "<li data-key=\"{}\">{} <span>{}: {}</span></li>\n",
                                                        pool.name(),
                                                        Condition.of(pool).badge(),
                                                        layout.pool(pool.name()),
                                                        Condition.sentence(pool)))),
                Html.when(
                        bad.size() > SENTENCES,
                        Html.of("<li>and {} more, below</li>\n", bad.size() - SENTENCES)));
    }

    private Html table(List<View> sorted) {
        return Html.of(
                """
                {}<p class="legend wide"><span class="key active"></span>in use <span class="key waiting"></span>waiting</p>
                """,
                Parts.table(
                        "Pools",
                        "pools",
                        Html.of(
                                """
                                {}{}{}{}{}<th scope="col" class="wide">Last 5 minutes</th><th scope="col" class="wide">Database</th>\
                                """,
                                Parts.head("Pool"),
                                Parts.head("State"),
                                Parts.headOfNumbers("In use"),
                                Html.of("<th scope=\"col\" class=\"number wide\">Idle</th>"),
                                Parts.headOfNumbers("Waiting")),
                        Html.all(sorted.stream().map(this::row))));
    }

    private Html row(View view) {
        List<Sample> spans = view.history().highest(SPAN);
        PoolState pool = view.state();
        return Html.of(
                """
                <tr data-key="{}"><th scope="row">{}</th><td>{}</td><td class="number">{} <span class="soft">of {}</span></td><td class="number wide">{}</td><td class="number {}">{}</td><td class="wide">{}<span class="hidden">at most {} in use, {} waiting</span></td><td class="wide">{}</td></tr>
                """,
                view.name(),
                layout.pool(view.name()),
                Condition.of(view).badge(),
                pool.active(),
                pool.maxSize(),
                pool.idle(),
                pool.waiting() > 0 ? "alarm" : "",
                pool.waiting(),
                Chart.small(spans, SPAN),
                Chart.highest(spans, Sample::active),
                Chart.highest(spans, Sample::waiting),
                pool.database() == null ? "not seen yet" : pool.database());
    }
}
