package org.cabstand.internal.config;

import static org.cabstand.internal.Message.NO_URL;
import static org.cabstand.internal.Message.SIZES_CONTRADICT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cabstand.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of one pool and finds contradictions between them.
 *
 * <p>Thread safety: confined to deployment.
 */
final class SettingsReader {

    private final PoolRequirements needs;
    private final DatabaseForDevelopment development;
    private final String pool;
    private final Set<String> pools;
    private final PoolValues values;
    private final PassedProperties passedProperties;

    SettingsReader(
            ConfigValues config,
            PoolRequirements needs,
            DatabaseForDevelopment development,
            String pool,
            Set<String> pools) {
        this.needs = needs;
        this.development = development;
        this.pool = pool;
        this.pools = pools;
        this.values = new PoolValues(config, pool);
        this.passedProperties = new PassedProperties(config, values, pool, pools);
    }

    /** Creates the reader for a running pool. */
    static SettingsReader again(ConfigValues config, PoolSettings settings) {
        SettingsReader reader =
                new SettingsReader(
                        config,
                        new PoolRequirements(),
                        DatabaseForDevelopment.NONE,
                        settings.name(),
                        Set.of(settings.name()));
        if (settings.hasUrl()) {
            reader.values.presetFor(settings.url());
        }
        return reader;
    }

    List<String> faults() {
        return values.faults();
    }

    /** Reads the settings; they are valid only if {@link #faults()} is empty. */
    PoolSettings read() {
        boolean active = values.bool(Key.ACTIVE);
        String url = values.stripped(Key.URL);
        if (url == null && active && !values.isFaulty(Key.URL)) {
            url = urlForDevelopment();
        }
        if (url != null) {
            values.presetFor(url);
        }
        PoolLimits limits = limits();
        int initialSize = initialSize(limits);
        checkCredentials();
        checkUrl(url, active);
        return new PoolSettings(
                pool,
                url,
                values.stripped(Key.DRIVER),
                passedProperties.read(Key.PROPERTIES),
                active,
                limits,
                initialSize,
                values.number(Key.MAX_WAITING, 0),
                new PoolSettings.Timeouts(
                        values.duration(Key.LOGIN_TIMEOUT, false),
                        values.durationOrOff(Key.NETWORK_TIMEOUT, false),
                        values.duration(Key.DRAIN_TIMEOUT, true),
                        values.durationOrOff(Key.LEAK_TIMEOUT, false)),
                new PoolSettings.Lifetime(
                        values.durationOrOff(Key.MAX_LIFETIME, false),
                        values.durationOrOff(Key.IDLE_TIMEOUT, false)),
                new PoolSettings.Validation(
                        values.durationOrOff(Key.VALIDATE_AFTER_IDLE, true),
                        values.durationOrOff(Key.VALIDATION_INTERVAL, false),
                        values.duration(Key.VALIDATION_TIMEOUT, false),
                        values.text(Key.VALIDATION_QUERY)),
                new PoolSettings.SessionSetup(
                        values.bool(Key.AUTO_COMMIT),
                        values.bool(Key.READ_ONLY),
                        values.choiceOrNone(Key.ISOLATION, Isolation.class),
                        values.text(Key.INITIAL_SQL),
                        values.choice(Key.RESET, Reset.class)),
                new PoolSettings.Watching(
                        values.durationOrOff(Key.SLOW_ACQUIRE, false),
                        values.durationOrOff(Key.SLOW_SQL, false),
                        values.choice(Key.MULTIPLE_ACQUISITION, MultipleAcquisition.class),
                        values.bool(Key.TRACING)),
                values.choice(Key.TRANSACTIONS, Transactions.class),
                new PoolSettings.Health(
                        values.bool(Key.HEALTH_ENABLED),
                        values.duration(Key.HEALTH_TIMEOUT, false),
                        values.bool(Key.HEALTH_STARTUP)),
                values.bool(Key.JMX),
                fromDefaults(),
                described(url));
    }

    /** Reads the settings that may change while the pool runs. */
    PoolLimits limits() {
        int maxSize = values.number(Key.MAX_SIZE, 1);
        int minSize = values.number(Key.MIN_SIZE, 0);
        checkNotAboveMaxSize(Key.MIN_SIZE, minSize, maxSize);
        return new PoolLimits(minSize, maxSize, values.duration(Key.ACQUISITION_TIMEOUT, true));
    }

    private int initialSize(PoolLimits limits) {
        if (values.text(Key.INITIAL_SIZE) == null) {
            return limits.minSize();
        }
        int initialSize = values.number(Key.INITIAL_SIZE, 0);
        if (initialSize != limits.minSize()) {
            checkNotAboveMaxSize(Key.INITIAL_SIZE, initialSize, limits.maxSize());
        }
        return initialSize;
    }

    private void checkNotAboveMaxSize(Key key, int size, int maxSize) {
        if (!values.isFaulty(Key.MAX_SIZE) && size > maxSize) {
            String source = values.source(key);
            // what two pools have by default is the defaults' fault, not each pool's
            boolean isDefault = source.equals(key.ofDefaults()) && !values.isOwn(Key.MAX_SIZE);
            String max = isDefault ? Key.MAX_SIZE.ofDefaults() : values.source(Key.MAX_SIZE);
            values.fault(key, SIZES_CONTRADICT.format(source, size, max, maxSize));
        }
    }

    private void checkUrl(@Nullable String url, boolean active) {
        if (url == null && active && !values.isFaulty(Key.URL)) {
            Set<String> others = new TreeSet<>(pools);
            others.remove(pool);
            others.removeAll(needs.pools());
            values.fault(
                    Key.URL,
                    NO_URL.format(
                            pool,
                            needs.neededBy(pool),
                            ClosestName.hint(pool, others),
                            Key.URL.of(pool)));
        }
    }

    private @Nullable String urlForDevelopment() {
        try {
            return development.url(
                    new DatabaseForDevelopment.Wanted(
                            pool,
                            values.text(Key.DEV),
                            values.bool(Key.DEV_FRESH),
                            values.text(Key.DEV_INIT_SCRIPT),
                            values.text(Key.DEV_FOLDER),
                            values.text(Key.USERNAME),
                            values.text(Key.PASSWORD)));
        } catch (IllegalStateException e) {
            values.fault(Key.URL, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Checks that the credentials can be read. They are read again for each connection, which would
     * fail later.
     */
    private void checkCredentials() {
        values.text(Key.USERNAME);
        values.text(Key.PASSWORD);
    }

    /** Reads the settings of the pool's persistence unit. */
    UnitSettings unit() {
        String packages = values.text(Key.JPA_PACKAGES);
        return new UnitSettings(
                pool,
                values.text(Key.JPA_UNIT),
                packages == null
                        ? List.of()
                        : Arrays.stream(packages.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList(),
                passedProperties.read(Key.JPA_PROPERTIES));
    }

    /** Returns every setting as users may see it. */
    private List<Setting> described(@Nullable String url) {
        List<Setting> all = new ArrayList<>();
        for (Key key : Key.values()) {
            Setting setting = key == Key.URL ? ofUrl(url) : values.described(key);
            if (setting != null) {
                all.add(setting);
            }
        }
        all.addAll(passedProperties.described());
        return all;
    }

    private @Nullable Setting ofUrl(@Nullable String url) {
        String source = values.described(Key.URL) == null ? "cabstand-dev" : values.origin(Key.URL);
        return url == null ? null : new Setting(Key.URL.key(), Secrets.shown(url), source, true);
    }

    private Set<Key> fromDefaults() {
        Set<Key> keys = EnumSet.noneOf(Key.class);
        for (Key key : Key.values()) {
            if (values.source(key).equals(key.ofDefaults())) {
                keys.add(key);
            }
        }
        return keys;
    }
}
