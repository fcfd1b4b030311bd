package org.cabstand.console.internal;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cabstand.console.internal.History.Sample;

/**
 * Draws charts of the last minutes. They have the same size for all numbers: with a thousand waiting requests the scale
 * grows, not the chart.
 *
 * <p>Thread safety: stateless.
 */
final class Chart {

    /** The size in coordinates, which the page stretches. */
    private static final int HEIGHT = 40;

    private Chart() {}

    /** For a row of the table: connections in use, and above them waiting requests. */
    static Html small(List<Sample> spans, int span) {
        int top = Math.max(1, highest(spans, Sample::max));
        int crowd = Math.max(top, highest(spans, Sample::waiting));
        return drawing(
                "spark",
                span,
                Html.of(
                        "{}{}",
                        area("active", spans, span, Sample::active, 2 * top, HEIGHT),
                        area("waiting", spans, span, Sample::waiting, 2 * crowd, HEIGHT / 2)));
    }

    /** For a pool's page: open connections of {@code max-size}. */
    static Html connections(List<Sample> spans, int span) {
        int top = Math.max(1, highest(spans, Sample::max));
        return drawing(
                "chart",
                span,
                Html.of(
                        "{}{}{}",
                        area("idle", spans, span, s -> s.active() + s.idle(), top, HEIGHT),
                        area("active", spans, span, Sample::active, top, HEIGHT),
                        line("max", spans, span, Sample::max, top)));
    }

    /** For a pool's page: waiting requests. */
    static Html waiting(List<Sample> spans, int span) {
        int top = Math.max(1, highest(spans, Sample::waiting));
        return drawing("chart", span, area("waiting", spans, span, Sample::waiting, top, HEIGHT));
    }

    static int highest(List<Sample> spans, ToIntFunction<Sample> number) {
        return spans.stream().mapToInt(number).max().orElse(0);
    }

    /** Hidden from screen readers, because the numbers are beside it. */
    private static Html drawing(String kind, int span, Html shapes) {
        return Html.of(
                "<svg class=\"{}\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" aria-hidden=\"true\""
                        + " focusable=\"false\">{}</svg>",
                kind,
                History.SECONDS / span,
                HEIGHT,
                shapes);
    }

    private static Html area(
            String kind,
            List<Sample> spans,
            int span,
            ToIntFunction<Sample> number,
            int top,
            int ground) {
        if (spans.isEmpty()) {
            return Html.NONE;
        }
        int first = History.SECONDS / span - spans.size();
        String steps =
                IntStream.range(0, spans.size())
                        .mapToObj(
                                i ->
                                        "V%s H%d"
                                                .formatted(
                                                        y(number, spans.get(i), top, ground),
                                                        first + i + 1))
                        .collect(Collectors.joining(" "));
        return Html.of(
                "<path class=\"{}\" d=\"M{} {} {} V{} Z\"/>", kind, first, ground, steps, ground);
    }

    private static Html line(
            String kind, List<Sample> spans, int span, ToIntFunction<Sample> number, int top) {
        if (spans.isEmpty()) {
            return Html.NONE;
        }
        int first = History.SECONDS / span - spans.size();
        String steps =
                IntStream.range(0, spans.size())
                        .mapToObj(
                                i ->
                                        (i == 0 ? "M%d %s H%d" : "L%d %s H%d")
                                                .formatted(
                                                        first + i,
                                                        y(number, spans.get(i), top, HEIGHT),
                                                        first + i + 1))
                        .collect(Collectors.joining(" "));
        return Html.of("<path class=\"{}\" d=\"{}\"/>", kind, steps);
    }

    private static float y(ToIntFunction<Sample> number, Sample sample, int top, int ground) {
        return Math.round(10f * (ground - (float) HEIGHT * number.applyAsInt(sample) / top)) / 10f;
    }
}
