package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cabstand.Setting;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Tally;

/**
 * Logs a line at the start of a pool, and one at its end.
 *
 * <p>If sessions are opened at the start, the first line waits for the first attempt, so that it can name the database.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class LifeSigns {

    private final PoolSettings settings;
    private final Supplier<PoolLimits> limits;
    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final Tally tally;
    private final long created = System.nanoTime();
    private final AtomicBoolean said = new AtomicBoolean();

    /** Written once, by the thread that starts the pools. */
    private volatile boolean wanted;

    /** Written by threads that open sessions. */
    private volatile boolean attempted;

    LifeSigns(
            PoolSettings settings,
            Supplier<PoolLimits> limits,
            SessionFactory factory,
            SessionRegistry sessions,
            Tally tally) {
        this.settings = settings;
        this.limits = limits;
        this.factory = factory;
        this.sessions = sessions;
        this.tally = tally;
    }

    /** Called when the application starts; from now on the pool may log its start. */
    void begin() {
        wanted = settings.active();
        if (attempted || Math.max(settings.initialSize(), limits.get().minSize()) == 0) {
            say();
        }
    }

    /** Called when an attempt to open a session has ended. */
    void attempted() {
        if (!attempted) {
            attempted = true;
            say();
        }
    }

    private void say() {
        if (wanted && said.compareAndSet(false, true)) {
            Log.log(Level.INFO, started());
        }
    }

    private String started() {
        String product = factory.product();
        return Message.POOL_STARTED.format(
                settings.name(),
                product == null ? "" : product + " at ",
                settings.shownUrl(),
                limits.get().minSize(),
                limits.get().maxSize(),
                configured());
    }

    /** The settings that differ from the defaults, by config source, without the URL, which is shown before them. */
    private String configured() {
        Map<String, String> bySource =
                settings.described().stream()
                        .filter(Setting::changed)
                        .filter(setting -> !setting.key().equals(Key.URL.key()))
                        .collect(
                                Collectors.groupingBy(
                                        Setting::source,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                setting -> setting.key() + "=" + setting.value(),
                                                Collectors.joining(", "))));
        return bySource.isEmpty()
                ? ""
                : bySource.entrySet().stream()
                        .map(source -> source.getValue() + " (" + source.getKey() + ")")
                        .collect(Collectors.joining("; ", " Configured: ", "."));
    }

    /** Called when the pool is closed. */
    void end() {
        if (said.get()) {
            Log.log(Level.INFO, ended());
        }
    }

    /** Logs the end. */
    String ended() {
        return Message.POOL_ENDED.format(
                settings.name(),
                Durations.shown(
                        Duration.ofSeconds(
                                Duration.ofNanos(System.nanoTime() - created).toSeconds())),
                sessions.borrows(),
                sessions.openings().count(),
                sessions.openings().mostOpen(),
                tally.timeouts());
    }
}
