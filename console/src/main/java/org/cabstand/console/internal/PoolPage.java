package org.cabstand.console.internal;

import java.util.List;
import org.cabstand.PoolState;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;
import org.cabstand.console.internal.History.Sample;

/**
 * The page of one pool: its state, the holders of its connections, slow statements, and operations.
 *
 * <p>Thread safety: immutable.
 *
 * @param layout the layout of all pages
 * @param view the pool
 * @param settings the settings in force
 * @param slow the slowest statements
 * @param notice the operation just done; empty if there is none
 * @param fault the reason why an operation failed; empty if none has
 */
record PoolPage(
        Layout layout,
        View view,
        List<Setting> settings,
        List<SlowStatement> slow,
        String notice,
        String fault) {

    /** Seconds in one step of the chart. */
    private static final int SPAN = 2;

    Html html() {
        Condition condition = Condition.of(view);
        return layout.page(
                condition.word()
                        + ": "
                        + view.name()
                        + " · "
                        + layout.application()
                        + " · Cabstand",
                true,
                Html.of(
                        """
                        <nav aria-label="Pools"><a href="{}">All pools</a></nav>
                        <div class="head"><h1>{}</h1> <span role="status">{}</span></div>
                        <p class="lead">{}</p>
                        <p class="facts">{}</p>
                        <div id="notice" role="status">{}</div>
                        <div id="fault" role="alert">{}</div>
                        {}<nav class="parts" aria-label="On this page"><a href="#holders">Holders</a> <a href="#slow">Slow statements</a> <a href="#operations">Operations</a> <a href="#totals">Totals</a> <a href="#settings">Settings</a></nav>
                        {}{}{}{}{}{}
                        """,
                        layout.base(),
                        view.name(),
                        condition.badge(),
                        Parts.upper(Condition.sentence(view)),
                        facts(),
                        Html.when(
                                !notice.isEmpty(),
                                Html.of("<p class=\"notice\">{}.</p>", Parts.upper(notice))),
                        Html.when(
                                !fault.isEmpty(),
                                Html.of("<p class=\"fault\">Nothing was done: {}</p>", fault)),
                        numbers(),
                        charts(),
                        new HoldersPart(view).html(),
                        new StatementsPart(view.name(), settings, slow).html(),
                        view.isActive() ? new OperationsPart(layout, view).html() : Html.NONE,
                        new TotalsPart(view.state().totals()).html(),
                        new SettingsPart(settings).html()));
    }

    private String facts() {
        PoolState state = view.state();
        if (!view.isActive()) {
            return "No database.";
        }
        return (state.database() == null ? "No connection yet" : state.database())
                + " · "
                + state.url();
    }

    private Html numbers() {
        PoolState state = view.state();
        return Html.of(
                "<dl class=\"numbers\">\n{}{}{}{}{}{}</dl>\n",
                Parts.number("In use", state.active() + " of " + state.maxSize()),
                Parts.number("Idle", state.idle()),
                Html.of(
                        "<div class=\"{}\"><dt>Waiting</dt><dd>{}</dd></div>\n",
                        state.waiting() > 0 ? "alarm" : "",
                        state.waiting()),
                Parts.number(
                        "Longest wait",
                        state.waiting() == 0 ? "none" : Words.time(state.longestWait())),
                Parts.number("Opening", state.opening()),
                Html.when(state.leaving() > 0, Parts.number("Leaving", state.leaving())));
    }

    private Html charts() {
        List<Sample> spans = view.history().highest(SPAN);
        int waiting = Chart.highest(spans, Sample::waiting);
        return Html.of(
                """
                <section><h2 id="minutes">Last 5 minutes</h2>
                <div class="charts">
                <figure><figcaption>At most {} of {} in use <span class="legend"><span class="key active"></span>in use <span class="key idle"></span>idle <span class="key max"></span>max-size</span></figcaption>{}<p class="axis" aria-hidden="true"><span>5 min ago</span><span>now</span></p></figure>
                <figure><figcaption>{} <span class="legend"><span class="key waiting"></span>waiting</span></figcaption>{}<p class="axis" aria-hidden="true"><span>5 min ago</span><span>now</span></p></figure>
                </div></section>
                """,
                Chart.highest(spans, Sample::active),
                Chart.highest(spans, Sample::max),
                Chart.connections(spans, SPAN),
                waiting == 0 ? "Nobody waited" : "At most " + waiting + " waited",
                Chart.waiting(spans, SPAN));
    }
}
