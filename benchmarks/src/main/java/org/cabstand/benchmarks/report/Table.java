package org.cabstand.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The figures of a measurement: for each situation and variant, one sample per round.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class Table {

    /** The name of the chart's file. */
    public final String id;

    public final String title;
    public final String unit;

    /** The variant that the others are compared with; null for no comparison. */
    public final String ours;

    private final Map<String, Map<String, List<Double>>> samples = new LinkedHashMap<>();

    public Table(String id, String title, String unit, String ours) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.ours = ours;
    }

    public void add(String situation, String variant, double sample) {
        samples.computeIfAbsent(situation, s -> new LinkedHashMap<>())
                .computeIfAbsent(variant, v -> new ArrayList<>())
                .add(sample);
    }

    public Set<String> situations() {
        return samples.keySet();
    }

    /** The variants in the order in which they were added. */
    public List<String> variants() {
        Set<String> variants = new LinkedHashSet<>();
        samples.values().forEach(row -> variants.addAll(row.keySet()));
        return List.copyOf(variants);
    }

    /** The samples of all rounds, in order; empty if not measured. */
    public List<Double> samples(String situation, String variant) {
        return List.copyOf(
                samples.getOrDefault(situation, Map.of()).getOrDefault(variant, List.of()));
    }

    /** The ratio of ours to another variant, round by round, which cancels what disturbed a whole round. */
    List<Double> ratios(String situation, String other) {
        List<Double> mine = samples(situation, ours);
        List<Double> theirs = samples(situation, other);
        return IntStream.range(0, Math.min(mine.size(), theirs.size()))
                .mapToObj(round -> mine.get(round) / theirs.get(round))
                .toList();
    }

    double median(String situation, String variant) {
        return median(samples(situation, variant));
    }

    /** The median; NaN without samples. */
    static double median(List<Double> samples) {
        if (samples.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
