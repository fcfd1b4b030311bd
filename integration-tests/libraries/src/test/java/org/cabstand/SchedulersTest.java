package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbc.JdbcLockProvider;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.utils.mapper.jsonb.JsonbJsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.TriggerBuilder;

/** Libraries whose own threads use a pool: their locks, and an application that ends while they run. */
class SchedulersTest {

    /** JobRunr looks for jobs every five seconds. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private DataSource dataSource;

    /** Counts its runs. */
    public static final class Counting implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            count();
        }

        /** What the others call; JobRunr by reflection. */
        public static void count() {
            RUNS.incrementAndGet();
        }
    }

    private void start(boolean autoCommit) throws Exception {
        RUNS.set(0);
        Map<String, String> properties = new HashMap<>();
        properties.put("cabstand.pool.control.url", TestDatabase.POSTGRESQL.url());
        properties.put("cabstand.pool.jobs.url", TestDatabase.POSTGRESQL.url());
        properties.put("cabstand.pool.jobs.max-size", "4");
        properties.put("cabstand.pool.jobs.auto-commit", String.valueOf(autoCommit));
        app = TestApplication.startWithJta(properties);
        dataSource = app.dataSource("jobs");
        BackgroundWays.createTables(app.dataSource("control"));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        log.close();
    }

    private Scheduler scheduler(OneTimeTask<Void> task, String name) {
        return Scheduler.create(dataSource, task)
                .schedulerName(new SchedulerName.Fixed(name))
                .commitWhenAutocommitDisabled(true)
                .pollingInterval(Duration.ofMillis(50))
                .threads(4)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    private static OneTimeTask<Void> counting() {
        return Tasks.oneTime("count").execute((instance, context) -> Counting.count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void schedulersOfOneTableRunEachTaskOnce(boolean autoCommit) throws Exception {
        start(autoCommit);
        OneTimeTask<Void> task = counting();
        List<Scheduler> schedulers = new ArrayList<>();
        try {
            for (String name : new String[] {"one", "two"}) {
                schedulers.add(scheduler(task, name));
            }
            for (int i = 0; i < 20; i++) {
                schedulers.get(0).scheduleIfNotExists(task.instance("t" + i), Instant.now());
            }
            schedulers.forEach(Scheduler::start);
            await().untilAsserted(() -> assertThat(RUNS).hasValue(20));
        } finally {
            schedulers.forEach(Scheduler::stop);
        }
        assertThat(RUNS).hasValue(20);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void quartzRunsItsJobs(boolean autoCommit) throws Exception {
        start(autoCommit);
        org.quartz.Scheduler quartz =
                BackgroundWays.scheduler(dataSource, false, "running" + autoCommit);
        try {
            for (int i = 0; i < 5; i++) {
                quartz.scheduleJob(
                        JobBuilder.newJob(Counting.class).withIdentity("run" + i).build(),
                        TriggerBuilder.newTrigger().startNow().build());
            }
            quartz.start();
            await().untilAsserted(() -> assertThat(RUNS).hasValue(5));
        } finally {
            quartz.shutdown(true);
        }
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jobRunrRunsItsJobs(boolean autoCommit) throws Exception {
        start(autoCommit);
        try {
            startJobRunr();
            await().atMost(LONG).untilAsserted(() -> assertThat(RUNS).hasPositiveValue());
        } finally {
            JobRunr.destroy();
        }
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    private void startJobRunr() {
        StorageProvider storage = BackgroundWays.storage(dataSource, DatabaseOptions.CREATE);
        new JobScheduler(storage).enqueue(() -> Counting.count());
        JobRunr.configure()
                .useJsonMapper(new JsonbJsonMapper())
                .useStorageProvider(storage)
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration
                                .usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(2)
                                .andPollIntervalInSeconds(5))
                .initialize();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLockIsHeldByOneOfTwo(boolean autoCommit) throws Exception {
        start(autoCommit);
        JdbcLockProvider one = new JdbcLockProvider(dataSource);
        JdbcLockProvider two = new JdbcLockProvider(dataSource);
        LockConfiguration configuration =
                new LockConfiguration(Instant.now(), "work", Duration.ofMinutes(1), Duration.ZERO);
        SimpleLock lock = one.lock(configuration).orElseThrow();
        assertThat(two.lock(configuration)).isEmpty();
        lock.unlock();
        assertThat(two.lock(configuration)).isPresent();
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void anApplicationEndsThoughTheyStillRun() throws Exception {
        start(true);
        OneTimeTask<Void> task = counting();
        Scheduler scheduler = scheduler(task, "left");
        org.quartz.Scheduler quartz = BackgroundWays.scheduler(dataSource, false, "left");
        try {
            scheduler.scheduleIfNotExists(task.instance("t"), Instant.now());
            scheduler.start();
            quartz.start();
            startJobRunr();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(RUNS.get()).isGreaterThanOrEqualTo(2));

            long begin = System.nanoTime();
            app.close();
            app = null;
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the end of the application")
                    .isLessThan(Duration.ofSeconds(8));
            assertThat(log.warnings()).isEmpty();
        } finally {
            scheduler.stop();
            quartz.shutdown();
            JobRunr.destroy();
        }
        await().untilAsserted(() -> assertThat(TestApplication.poolThreads()).isZero());
    }

    private void assertNothingInUse() {
        await().untilAsserted(
                        () -> assertThat(TestApplication.state(dataSource).active()).isZero());
    }
}
