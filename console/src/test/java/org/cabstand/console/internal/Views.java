package org.cabstand.console.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cabstand.Holder;
import org.cabstand.PoolState;
import org.cabstand.PoolTotals;
import org.cabstand.Readiness;

/** Pools as a test wants them: at rest, unless something else is said. */
final class Views {

    private static final Instant NOW = Instant.parse("2026-11-26T03:12:45Z");

    private final String name;
    private final List<Holder> holders = new ArrayList<>();
    private final History history = new History();
    private int active;
    private int idle = 2;
    private int waiting;
    private int max = 10;
    private int opening;
    private boolean suspended;
    private String trouble;
    private Readiness readiness = new Readiness(true, null);

    private Views(String name) {
        this.name = name;
    }

    static Views pool(String name) {
        return new Views(name);
    }

    Views max(int size) {
        max = size;
        return this;
    }

    Views busy(int inUse, int crowd) {
        active = inUse;
        idle = 0;
        waiting = crowd;
        return this;
    }

    Views opening(int some) {
        opening = some;
        return this;
    }

    Views suspended() {
        suspended = true;
        trouble = "suspended";
        readiness = new Readiness(false, "suspended");
        return this;
    }

    Views inactive() {
        trouble = "not active";
        readiness = new Readiness(false, "not active");
        return this;
    }

    Views trouble(String what) {
        trouble = what;
        return this;
    }

    Views down(String reason) {
        readiness = reason == null ? null : new Readiness(false, reason);
        return this;
    }

    Views holder(String thread, int seconds, String statement, String... stack) {
        holders.add(
                new Holder(
                        thread,
                        NOW.minusSeconds(seconds),
                        "com.acme.Reports.render(Reports.java:88)",
                        null,
                        null,
                        List.of(stack),
                        statement,
                        false));
        return this;
    }

    Views seconds(int seconds, int inUse, int crowd) {
        for (int i = 0; i < seconds; i++) {
            history.add(new History.Sample(inUse, max - inUse, crowd, max));
        }
        return this;
    }

    View view() {
        return new View(
                new PoolState(
                        name,
                        NOW,
                        active,
                        idle,
                        waiting,
                        waiting == 0 ? Duration.ZERO : Duration.ofMillis(4100),
                        opening,
                        0,
                        0,
                        max,
                        Duration.ofSeconds(5),
                        suspended,
                        trouble,
                        "PostgreSQL 18.6",
                        "jdbc:postgresql://db/" + name,
                        holders,
                        new PoolTotals(
                                1200, 14, 3, 1, 0, Map.of("max-lifetime", 4L, "fatal error", 9L))),
                readiness,
                history);
    }
}
