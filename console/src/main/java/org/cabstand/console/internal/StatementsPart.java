package org.cabstand.console.internal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;

/**
 * The slowest statements of a pool.
 *
 * <p>Thread safety: immutable.
 */
record StatementsPart(String pool, List<Setting> settings, List<SlowStatement> slow) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    Html html() {
        return Parts.section("slow", "Slowest statements", content());
    }

    private Html content() {
        if (!slow.isEmpty()) {
            return Parts.table(
                    "Slowest statements",
                    Html.of(
                            "{}{}{}{}",
                            Parts.headOfNumbers("Longest"),
                            Parts.headOfNumbers("Times"),
                            Parts.headOfNumbers("Mean"),
                            Parts.head("Statement")),
                    Html.all(slow.stream().map(StatementsPart::row)));
        }
        return isWatched()
                ? Html.of("<p>None was slow.</p>\n")
                : Html.of(
                        "<p>Not watched. Set <code>cabstand.pool.{}.slow-sql</code>, to <code>1s</code> for"
                                + " example.</p>\n",
                        pool);
    }

    private boolean isWatched() {
        return settings.stream()
                .anyMatch(
                        setting ->
                                setting.key().equals("slow-sql") && !setting.value().equals("off"));
    }

    private static Html row(SlowStatement slow) {
        return Html.of(
                """
                <tr data-key="{}"><td class="number">{}</td><td class="number">{}</td><td class="number">{}</td><td><pre>{}</pre><p><code>{}</code>, last at {}</p></td></tr>
                """,
                slow.text(),
                Words.time(slow.longest()),
                slow.count(),
                Words.time(slow.total().dividedBy(Math.max(1, slow.count()))),
                slow.text(),
                slow.place(),
                CLOCK.format(slow.last()));
    }
}
