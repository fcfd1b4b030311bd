package org.cabstand.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Results → Markdown and SVG.
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

    /** Medians with the least and the most, then what ours is of each other one. */
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
            variants.forEach(v -> text.append(" | ").append(cell(table, situation, v)));
            for (String other : others) {
                double ratio = table.median(situation, table.ours) / table.median(situation, other);
                text.append(" | ").append(number(ratio, "%,.2f"));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Table table, String situation, String variant) {
        List<Double> samples = table.samples(situation, variant);
        if (samples.isEmpty()) {
            return "–";
        }
        String median = number(table.median(situation, variant));
        return samples.size() == 1
                ? median
                : "%s (%s–%s)"
                        .formatted(
                                median,
                                number(samples.get(0)),
                                number(samples.get(samples.size() - 1)));
    }

    /** With three digits that count. */
    static String number(double value) {
        return number(value, value >= 100 ? "%,.0f" : value >= 10 ? "%,.1f" : "%,.2f");
    }

    private static String number(double value, String format) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
