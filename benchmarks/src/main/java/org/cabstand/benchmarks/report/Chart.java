package org.cabstand.benchmarks.report;

import java.util.List;

/**
 * A table as horizontal bars: a group for each situation, a bar for each variant, one linear scale.
 *
 * <p>Thread safety: stateless.
 */
final class Chart {

    private static final int WIDTH = 900;
    private static final int LEFT = 250;
    private static final int RIGHT = 110;
    private static final int BAR = 14;
    private static final int GAP = 12;
    private static final int TOP = 70;

    /** Okabe and Ito's, which the colour-blind can tell apart; ours is the first. */
    private static final List<String> COLOURS =
            List.of("#D55E00", "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#CC79A7", "#999999");

    private Chart() {}

    static String svg(Table table) {
        List<String> variants = table.variants();
        double most = 0;
        for (String situation : table.situations()) {
            for (String variant : variants) {
                double value = table.median(situation, variant);
                most = value > most ? value : most;
            }
        }
        StringBuilder bars = new StringBuilder();
        int y = TOP;
        for (String situation : table.situations()) {
            List<String> measured =
                    variants.stream().filter(v -> !table.samples(situation, v).isEmpty()).toList();
            text(bars, LEFT - 8, y + measured.size() * BAR / 2 + 4, "end", situation);
            for (String variant : measured) {
                double value = table.median(situation, variant);
                long width = Math.max(1, Math.round(value / most * (WIDTH - LEFT - RIGHT)));
                bar(bars, LEFT, y, width, variants.indexOf(variant));
                text(bars, LEFT + width + 5, y + BAR - 3, "start", Report.number(value));
                y += BAR;
            }
            y += GAP;
        }
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="10" y="22" font-size="16" font-weight="bold">%s (%s)</text>
                """
                        .formatted(WIDTH, y, escaped(table.title), escaped(table.unit)));
        int x = 10;
        for (int i = 0; i < variants.size(); i++) {
            bar(svg, x, 38, BAR, i);
            text(svg, x + BAR + 5, 38 + BAR - 3, "start", variants.get(i));
            x += BAR + 25 + 7 * variants.get(i).length();
        }
        return svg.append(bars).append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, long x, int y, long width, int variant) {
        svg.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                        .formatted(
                                x, y + 1, width, BAR - 2, COLOURS.get(variant % COLOURS.size())));
    }

    private static void text(StringBuilder svg, long x, int y, String anchor, String text) {
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(x, y, anchor, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
