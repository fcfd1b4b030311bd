package org.cabstand.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Writes results as Markdown and SVG.
 *
 * <p>Thread safety: stateless.
 */
public final class Report {

    private Report() {}

    /** Writes a page and a chart for each table. */
    public static void write(Results results, Path directory) throws IOException {
        Files.createDirectories(directory);
        StringBuilder page = new StringBuilder("# " + results.suite() + "\n\n");
        page.append(results.conditions()).append("\n");
        for (Table table : results.tables()) {
            page.append("\n## ").append(table.title).append("\n\n").append(markdown(table));
            page.append("\n![").append(table.title).append("](").append(table.id).append(".svg)\n");
            Files.writeString(directory.resolve(table.id + ".svg"), Chart.svg(table));
        }
        Files.writeString(directory.resolve(results.suite() + ".md"), page);
    }

    /** Medians with minimum and maximum, then the ratio of ours to each other variant, round by round. */
    public static String markdown(Table table) {
        List<String> variants = table.variants();
        List<String> others =
                table.ours == null
                        ? List.of()
                        : variants.stream().filter(v -> !v.equals(table.ours)).toList();
        StringBuilder text = new StringBuilder("| " + table.unit);
        variants.forEach(variant -> text.append(" | ").append(variant));
        others.forEach(other -> text.append(" | ÷ ").append(other));
        text.append(" |\n|---").append("|---:".repeat(variants.size() + others.size()));
        text.append("|\n");
        for (String situation : table.situations()) {
            text.append("| ").append(situation);
            for (String variant : variants) {
                text.append(" | ").append(cell(table.samples(situation, variant), Report::number));
            }
            for (String other : others) {
                text.append(" | ").append(cell(table.ratios(situation, other), Report::ratio));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String cell(List<Double> samples, DoubleFunction<String> format) {
        double middle = Table.median(samples);
        String median = format.apply(middle);
        return samples.size() == 1 || !Double.isFinite(middle)
                ? median
                : "%s (%s–%s)"
                        .formatted(
                                median,
                                format.apply(Collections.min(samples)),
                                format.apply(Collections.max(samples)));
    }

    /** A number with three significant digits. */
    static String number(double value) {
        double size = Math.abs(value);
        return number(value, size >= 100 ? "%,.0f" : size >= 10 ? "%,.1f" : "%,.2f");
    }

    private static String ratio(double value) {
        return number(value, "%,.2f");
    }

    private static String number(double value, String format) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
