package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.Credentials;
import org.cabstand.PoolCounts;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.ConfigReader;
import org.cabstand.internal.config.ConfigValues;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolRequirements;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.CredentialsSource;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.Session;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.connect.SessionFactory.Progress;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Eviction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many sessions there are, and how many more there may be, without the pool around it. */
class SessionRegistryTest {

    private static final String URL = "jdbc:h2:mem:registry";

    private final PoolSettings settings = settings();
    private final AtomicReference<PoolLimits> limits = new AtomicReference<>(limits(3));
    private final AgroalPool<PoolEntry> agroal =
            new AgroalPool<>("registry", PoolEntry.class, null, () -> {});
    private final SessionRegistry registry = new SessionRegistry(limits::get, agroal);

    private static PoolSettings settings() {
        var config =
                new SmallRyeConfigBuilder()
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of("cabstand.pool.registry.url", URL), "test", 100))
                        .build();
        return new ConfigReader(new ConfigValues(config, Set.of()), new PoolRequirements())
                .read()
                .pools()
                .get(0);
    }

    private static PoolLimits limits(int maxSize) {
        return new PoolLimits(0, maxSize, Duration.ofSeconds(1));
    }

    @BeforeEach
    void start() {
        agroal.start(0, 3, entry -> true);
    }

    @AfterEach
    void end() throws SQLException {
        agroal.close();
        for (PoolEntry entry : registry.all()) {
            entry.session().driver().close();
        }
    }

    private PoolEntry open() throws SQLException {
        return new PoolEntry(entry -> {}, session(), settings);
    }

    private Session session() throws SQLException {
        CredentialsSource nobody =
                new CredentialsSource() {
                    @Override
                    public Credentials credentials() {
                        return new Credentials("sa", "");
                    }

                    @Override
                    public Credentials configuredCredentials() {
                        return credentials();
                    }
                };
        SessionFactory factory =
                new SessionFactory(
                        settings,
                        Database.of(URL),
                        (url, properties) ->
                                new DriverConnection(
                                        DriverManager.getConnection(url, properties), null),
                        nobody,
                        "test");
        return factory.open(
                new Progress() {
                    @Override
                    public void connecting() {}

                    @Override
                    public void connected(DriverConnection connection) {}
                });
    }

    /** Opens a session as the opener does: its place first. */
    private PoolEntry reserveAndAdd() throws SQLException {
        assertThat(registry.reserve(1)).isEqualTo(1);
        long begun = System.nanoTime();
        PoolEntry entry = open();
        assertThat(registry.add(entry, begun)).isTrue();
        return entry;
    }

    @Test
    void aPlaceIsTakenBeforeItsSessionIsThereAndKeptUntilItHasGone() throws SQLException {
        assertThat(registry.reserve(2)).isEqualTo(2);
        assertThat(registry.room()).isEqualTo(1);
        assertThat(registry.opening()).isEqualTo(2);

        PoolEntry entry = open();
        registry.add(entry, System.nanoTime());
        registry.release(); // the other attempt has failed
        assertThat(registry.opening()).isZero();
        assertThat(registry.room()).isEqualTo(2);

        entry.close();
        assertThat(entry.isClosing()).isTrue();
        assertThat(registry.room()).as("its close has not finished").isEqualTo(2);

        registry.remove(entry);
        assertThat(registry.room()).isEqualTo(3);
    }

    @Test
    void moreThanThereIsRoomForIsNotPromised() throws SQLException {
        reserveAndAdd();
        assertThat(registry.reserve(5)).isEqualTo(2);
        assertThat(registry.reserve(1)).isZero();
        assertThat(registry.reserve(-1)).as("nothing is wanted").isZero();
        assertThat(registry.opening()).isEqualTo(2);
    }

    @Test
    void aSessionThatIsRemovedTwiceFreesOnePlace() throws SQLException {
        PoolEntry entry = reserveAndAdd();
        registry.remove(entry);
        registry.remove(entry);
        assertThat(registry.room()).isEqualTo(3);
    }

    @Test
    void whatIsMissingToANumberLeavesOutWhatIsOnItsWay() throws SQLException {
        reserveAndAdd();
        registry.reserve(1);
        assertThat(registry.missing(3)).isEqualTo(1);
        assertThat(registry.missing(2)).isZero();
    }

    @Test
    void theSessionThatArrivesAfterTheLimitWasLoweredIsOneTooMany() throws SQLException {
        reserveAndAdd();
        registry.reserve(1);
        limits.set(limits(1));
        PoolEntry late = open();
        assertThat(registry.add(late, System.nanoTime())).isFalse();
        assertThat(late.departure().reason()).isEqualTo(Eviction.TOO_MANY);
        assertThat(registry.room()).isNegative();
        registry.remove(late);
        assertThat(registry.room()).isZero();
    }

    @Test
    void aLowerLimitRetiresWhatIsIdleAndTheRestAtTheirReturn() throws SQLException {
        PoolEntry held = reserveAndAdd();
        PoolEntry heldToo = reserveAndAdd();
        PoolEntry idle = reserveAndAdd();
        held.handOut(System.nanoTime());
        heldToo.handOut(System.nanoTime());

        limits.set(limits(1));
        registry.resize();
        assertThat(idle.isRetired()).isTrue();
        assertThat(held.isRetired()).as("somebody works with it").isFalse();

        registry.retireIfTooMany(held);
        assertThat(held.isRetired()).isTrue();
        registry.retireIfTooMany(heldToo);
        assertThat(heldToo.isRetired()).as("the last one may stay").isFalse();
    }

    @Test
    void whatWasBegunBeforeADemotionIsOfNoUseWhenItArrives() throws SQLException {
        PoolEntry there = reserveAndAdd();
        registry.reserve(2);
        long before = System.nanoTime();
        registry.retireAll(Eviction.DEMOTED);
        PoolEntry late = open();
        registry.add(late, before);
        PoolEntry fresh = open();
        registry.add(fresh, System.nanoTime());
        assertThat(there.departure().reason()).isEqualTo(Eviction.DEMOTED);
        assertThat(late.departure().reason()).isEqualTo(Eviction.DEMOTED);
        assertThat(fresh.isRetired()).isFalse();
    }

    @Test
    void fullIsOnlyWhatWillNotEndByItself() throws SQLException {
        PoolEntry first = reserveAndAdd();
        reserveAndAdd();
        reserveAndAdd();
        assertThat(registry.isFull()).isTrue();
        first.retire(Eviction.OLD);
        assertThat(registry.isFull()).as("one is about to leave").isFalse();
    }

    @Test
    void theStateCountsWhatIsInUseAndAtRestAndNotWhatCloses() throws SQLException {
        reserveAndAdd().taken();
        PoolEntry closing = reserveAndAdd();
        reserveAndAdd();
        closing.close();
        PoolCounts state = registry.counts(4);
        assertThat(state).isEqualTo(new PoolCounts(1, 1, 3, 4, 0));
    }

    @Test
    void borrowsOfSessionsThatHaveGoneAreCountedOn() throws SQLException {
        PoolEntry entry = reserveAndAdd();
        entry.handOut(System.nanoTime());
        registry.remove(entry);
        reserveAndAdd().handOut(System.nanoTime());
        assertThat(registry.borrows()).isEqualTo(2);
    }

    @Test
    void threadsThatTakePlacesAtOnceNeverGetMoreThanThereAre() throws Exception {
        int threads = 8;
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<Void> taker =
                () -> {
                    together.await(10, TimeUnit.SECONDS);
                    for (int i = 0; i < 2_000; i++) {
                        int got = registry.reserve(1 + i % 3);
                        most.accumulateAndGet(taken.addAndGet(got), Math::max);
                        for (int j = 0; j < got; j++) {
                            taken.decrementAndGet();
                            registry.release();
                        }
                    }
                    return null;
                };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(taker));
            }
            for (Future<Void> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(registry.room()).isEqualTo(3);
        assertThat(registry.opening()).isZero();
    }
}
