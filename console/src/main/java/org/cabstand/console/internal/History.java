package org.cabstand.console.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The last minutes of a pool, a sample for each second.
 *
 * <p>Thread safety: safe for concurrent use; {@link Sampler} writes, requests read.
 */
final class History {

    /** Five minutes. */
    static final int SECONDS = 300;

    /**
     * The counts of a pool at one moment.
     *
     * @param active connections in use
     * @param idle idle connections
     * @param waiting requests that waited
     * @param max {@code max-size}
     */
    record Sample(int active, int idle, int waiting, int max) {

        private Sample highest(Sample other) {
            return new Sample(
                    Math.max(active, other.active),
                    Math.max(idle, other.idle),
                    Math.max(waiting, other.waiting),
                    Math.max(max, other.max));
        }
    }

    private final Sample[] ring = new Sample[SECONDS];
    private long taken;

    synchronized void add(Sample sample) {
        ring[(int) (taken % SECONDS)] = sample;
        taken++;
    }

    /**
     * Returns the highest numbers of each span.
     *
     * @param span the seconds in a span; divides {@link #SECONDS}
     * @return the oldest first; fewer while the application has not run for the whole time
     */
    synchronized List<Sample> highest(int span) {
        List<Sample> spans = new ArrayList<>();
        // spans always begin at the same samples, so that a chart of them only moves
        long oldest = Math.max(0, taken - SECONDS);
        long from = (oldest + span - 1) / span * span;
        for (long i = from; i < taken; i++) {
            Sample sample = ring[(int) (i % SECONDS)];
            if (i % span == 0) {
                spans.add(sample);
            } else {
                int last = spans.size() - 1;
                spans.set(last, spans.get(last).highest(sample));
            }
        }
        return spans;
    }
}
