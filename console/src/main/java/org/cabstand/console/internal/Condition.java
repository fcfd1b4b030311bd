package org.cabstand.console.internal;

import org.cabstand.PoolState;

/** The state of a pool in one word; the worst first. */
enum Condition {
    DOWN("Down", "bad"),
    FULL("Full", "warn"),
    WAITING("Waiting", "warn"),
    FAILING("Failing", "warn"),
    SUSPENDED("Suspended", "held"),
    READY("Ready", "good"),
    INACTIVE("Inactive", "off");

    private final String word;
    private final String tone;

    Condition(String word, String tone) {
        this.word = word;
        this.tone = tone;
    }

    static Condition of(View pool) {
        PoolState state = pool.state();
        if (!pool.isActive()) {
            return INACTIVE;
        }
        if (state.suspended()) {
            return SUSPENDED;
        }
        if (!pool.isReady()) {
            return DOWN;
        }
        if (state.waiting() > 0) {
            return state.active() >= state.maxSize() ? FULL : WAITING;
        }
        return state.trouble() == null ? READY : FAILING;
    }

    boolean needsHelp() {
        return compareTo(READY) < 0;
    }

    String word() {
        return word;
    }

    String tone() {
        return tone;
    }

    /** The word with a sign of its own shape, so that colour is not the only difference. */
    Html badge() {
        String shape =
                switch (tone) {
                    case "bad" -> "M1 1h10v10H1z";
                    case "warn" -> "M6 .5 11.5 11H.5z";
                    case "held" -> "M2 1h3v10H2zM7 1h3v10H7z";
                    case "good" -> "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z";
                    default -> "M1 5h10v2H1z";
                };
        return Html.of(
                "<span class=\"badge {}\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\" focusable=\"false\"><path"
                        + " d=\"{}\"/></svg>{}</span>",
                tone,
                shape,
                word);
    }

    /** A short sentence about the problem. */
    static String sentence(View pool) {
        PoolState state = pool.state();
        return switch (of(pool)) {
            case DOWN -> pool.trouble() == null ? "not ready." : pool.trouble() + ".";
            case FULL ->
                    "%s. %s%s"
                            .formatted(
                                    state.maxSize() == 1
                                            ? "the only connection is in use"
                                            : "all " + state.maxSize() + " connections are in use",
                                    waiting(state),
                                    whose(pool));
            case WAITING -> waiting(state) + opening(state);
            case FAILING -> state.trouble() + ".";
            case SUSPENDED ->
                    "nobody gets a connection until it is resumed."
                            + (state.waiting() == 0 ? "" : " " + waiting(state));
            case READY -> state.active() + " of " + state.maxSize() + " in use, nobody waits.";
            case INACTIVE -> "switched off by its configuration.";
        };
    }

    private static String waiting(PoolState state) {
        return state.waiting() == 1
                ? "One request has waited for %s.".formatted(Words.time(state.longestWait()))
                : "%d requests wait, the longest for %s."
                        .formatted(state.waiting(), Words.time(state.longestWait()));
    }

    private static String opening(PoolState state) {
        return switch (state.opening()) {
            case 0 -> "";
            case 1 -> " One connection is being opened.";
            default -> " " + state.opening() + " connections are being opened.";
        };
    }

    /** A sentence that tells whether the database or the application is the cause. */
    private static String whose(View pool) {
        int holders = pool.state().holders().size();
        long inDatabase = pool.inDatabase();
        if (holders == 0) {
            return "";
        }
        if (inDatabase == 0) {
            return " No holder is in a call to the database: the application keeps them.";
        }
        return " %d of %s in a call to the database."
                .formatted(inDatabase, holders == 1 ? "1 holder is" : holders + " holders are");
    }
}
