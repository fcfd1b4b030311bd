package org.cabstand.console.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.cabstand.Holder;
import org.cabstand.PoolState;
import org.cabstand.PoolTotals;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;
import org.cabstand.console.internal.History.Sample;

/**
 * The content of the pages as JSON. Durations are in milliseconds.
 *
 * <p>Thread safety: stateless.
 */
final class PoolJson {

    private PoolJson() {}

    static Map<String, Object> all(String application, List<View> pools) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("application", application);
        json.put("pools", pools.stream().map(PoolJson::summary).toList());
        return json;
    }

    private static Map<String, Object> summary(View view) {
        PoolState state = view.state();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", view.name());
        json.put("condition", Condition.of(view).word());
        json.put("ready", view.isActive() && view.isReady());
        json.put("reason", view.trouble());
        json.put("suspended", state.suspended());
        json.put("at", state.at());
        json.put("active", state.active());
        json.put("idle", state.idle());
        json.put("waiting", state.waiting());
        json.put("longestWait", millis(state.longestWait()));
        json.put("opening", state.opening());
        json.put("leaving", state.leaving());
        json.put("minSize", state.minSize());
        json.put("maxSize", state.maxSize());
        json.put("acquisitionTimeout", millis(state.acquisitionTimeout()));
        json.put("database", state.database());
        json.put("url", state.url());
        json.put("totals", totals(state.totals()));
        return json;
    }

    static Map<String, Object> one(View view, List<Setting> settings, List<SlowStatement> slow) {
        Map<String, Object> json = summary(view);
        json.put("holders", view.state().holders().stream().map(PoolJson::holder).toList());
        json.put("slowStatements", slow.stream().map(PoolJson::statement).toList());
        json.put("settings", settings.stream().map(PoolJson::setting).toList());
        json.put("seconds", history(view.history().highest(1)));
        return json;
    }

    private static Map<String, Object> totals(PoolTotals totals) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("borrows", totals.borrows());
        json.put("opened", totals.opened());
        json.put("timeouts", totals.timeouts());
        json.put("unfinished", totals.unfinished());
        json.put("leaks", totals.leaks());
        json.put("evictions", totals.evictions());
        return json;
    }

    private static Map<String, Object> holder(Holder holder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("thread", holder.thread());
        json.put("since", holder.since());
        json.put("frame", holder.frame());
        json.put("borrowedAt", holder.borrowedAt());
        json.put("note", holder.note());
        json.put("statement", holder.statement());
        json.put("leaving", holder.leaving());
        json.put("stack", holder.stack());
        return json;
    }

    private static Map<String, Object> statement(SlowStatement slow) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", slow.text());
        json.put("place", slow.place());
        json.put("count", slow.count());
        json.put("total", millis(slow.total()));
        json.put("longest", millis(slow.longest()));
        json.put("last", slow.last());
        return json;
    }

    private static Map<String, Object> setting(Setting setting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", setting.key());
        json.put("value", setting.value());
        json.put("source", setting.source());
        json.put("changed", setting.changed());
        return json;
    }

    /** The samples, one for each second, the oldest first. */
    private static Map<String, Object> history(List<Sample> samples) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("active", numbers(samples, Sample::active));
        json.put("idle", numbers(samples, Sample::idle));
        json.put("waiting", numbers(samples, Sample::waiting));
        json.put("max", numbers(samples, Sample::max));
        return json;
    }

    private static List<Integer> numbers(List<Sample> samples, ToIntFunction<Sample> number) {
        return samples.stream().map(number::applyAsInt).toList();
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
