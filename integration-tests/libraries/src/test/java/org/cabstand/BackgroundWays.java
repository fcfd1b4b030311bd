package org.cabstand;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.provider.jdbc.JdbcLockProvider;
import org.flywaydb.core.Flyway;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jsonb.JsonbJsonMapper;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Migrations, locks, and what schedules work for later. */
final class BackgroundWays {

    private static final Map<String, Scheduler> QUARTZ = new ConcurrentHashMap<>();

    private BackgroundWays() {}

    /** Does nothing. */
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            // it is only scheduled
        }
    }

    static List<Way> all() {
        return List.of(
                new Way(
                        "Flyway",
                        "`dataSource(…)`, `migrate()`",
                        2,
                        "outside a transaction, with a `max-size` of 2 or more: [migrations](migrations.md)",
                        "select count(*) from information_schema.tables"
                                + " where table_schema = 'flyway_%d' and table_name = 'moved'",
                        (app, id) -> flyway(app.dataSource(), "flyway_" + id)),
                Way.of(
                        "Liquibase",
                        "`JdbcConnection` from the DataSource",
                        "outside a transaction",
                        (app, id) -> liquibase(app.dataSource().getConnection(), id)),
                new Way(
                        "ShedLock",
                        "`JdbcLockProvider(dataSource)`",
                        1,
                        "outside a transaction: others see a lock only when it is committed",
                        "select count(*) from shedlock where name = 'r%d'",
                        (app, id) ->
                                new JdbcLockProvider(app.dataSource())
                                        .lock(
                                                new LockConfiguration(
                                                        Instant.now(),
                                                        "r" + id,
                                                        Duration.ofMinutes(1),
                                                        Duration.ZERO))
                                        .orElseThrow()),
                new Way(
                        "Quartz",
                        "`JobStoreTX`",
                        1,
                        "in a transaction: `JobStoreCMT`",
                        "select count(*) from qrtz_job_details where job_name = 'r%d'",
                        (app, id) -> quartz(app.dataSource(), false, id)),
                new Way(
                        "Quartz",
                        "`JobStoreCMT`",
                        1,
                        "for calls in transactions",
                        "select count(*) from qrtz_job_details where job_name = 'r%d'",
                        (app, id) -> quartz(app.dataSource(), true, id)),
                new Way(
                        "db-scheduler",
                        "`SchedulerClient`",
                        1,
                        "without auto-commit: the next row",
                        "select count(*) from scheduled_tasks where task_instance = 'r%d'",
                        (app, id) -> {
                            OneTimeTask<Void> task =
                                    Tasks.oneTime("later").execute((instance, context) -> {});
                            SchedulerClient.Builder.create(app.dataSource(), task)
                                    .build()
                                    .scheduleIfNotExists(
                                            task.instance("r" + id),
                                            Instant.now().plusSeconds(3600));
                        }),
                new Way(
                        "db-scheduler",
                        "`Scheduler` with `commitWhenAutocommitDisabled(true)`",
                        1,
                        "in a transaction: `SchedulerClient`",
                        "select count(*) from scheduled_tasks where task_instance = 'r%d'",
                        (app, id) -> {
                            OneTimeTask<Void> task =
                                    Tasks.oneTime("later").execute((instance, context) -> {});
                            com.github.kagkarlsson.scheduler.Scheduler.create(
                                            app.dataSource(), task)
                                    .commitWhenAutocommitDisabled(true)
                                    .build()
                                    .scheduleIfNotExists(
                                            task.instance("r" + id),
                                            Instant.now().plusSeconds(3600));
                        }),
                new Way(
                        "JobRunr",
                        "`JobScheduler`",
                        2,
                        "outside a transaction, with a `max-size` of 2 or more",
                        "select count(*) from jobrunr_jobs where"
                                + " right(id, 12) = lpad('%d', 12, '0')",
                        (app, id) ->
                                new JobScheduler(
                                                storage(
                                                        app.dataSource(),
                                                        DatabaseOptions.SKIP_CREATE))
                                        .schedule(
                                                UUID.fromString(
                                                        "00000000-0000-4000-8000-%012d"
                                                                .formatted(id)),
                                                Instant.now().plusSeconds(3600),
                                                () -> System.out.println("later"))));
    }

    static void flyway(DataSource dataSource, String schema) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    static void liquibase(Connection connection, int id) throws Exception {
        Database database =
                DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(new JdbcConnection(connection));
        database.setDatabaseChangeLogTableName("changelog_" + id);
        database.setDatabaseChangeLogLockTableName("changelock_" + id);
        try (Liquibase liquibase =
                new Liquibase("db/changelog.sql", new ClassLoaderResourceAccessor(), database)) {
            liquibase.setChangeLogParameter("id", id);
            liquibase.update(new Contexts());
        }
    }

    /** A scheduler over a DataSource, not started yet. */
    static Scheduler scheduler(DataSource dataSource, boolean managed, String name) {
        DBConnectionManager.getInstance()
                .addConnectionProvider(
                        name,
                        new ConnectionProvider() {
                            @Override
                            public Connection getConnection() throws java.sql.SQLException {
                                return dataSource.getConnection();
                            }

                            @Override
                            public void shutdown() {
                                // the pool ends with the application
                            }

                            @Override
                            public void initialize() {
                                // nothing to do
                            }
                        });
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", name);
        settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.threadPool.threadCount", "2");
        settings.setProperty(
                "org.quartz.jobStore.class",
                "org.quartz.impl.jdbcjobstore.JobStore" + (managed ? "CMT" : "TX"));
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.dataSource", name);
        if (managed) {
            settings.setProperty("org.quartz.jobStore.nonManagedTXDataSource", name);
        }
        try {
            return new StdSchedulerFactory(settings).getScheduler();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void quartz(DataSource dataSource, boolean managed, int id) throws Exception {
        QUARTZ.computeIfAbsent(
                        (managed ? "cmt-" : "tx-") + System.identityHashCode(dataSource),
                        name -> scheduler(dataSource, managed, name))
                .addJob(
                        JobBuilder.newJob(Nothing.class)
                                .withIdentity("r" + id)
                                .storeDurably()
                                .build(),
                        false);
    }

    /** The tables that schedulers want. */
    static void createTables(DataSource dataSource) throws Exception {
        String quartz;
        try (InputStream script =
                Job.class.getResourceAsStream(
                        "/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
            quartz =
                    new String(script.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?i)(^|\\n)commit;", "");
        }
        try (Connection connection = dataSource.getConnection()) {
            Sql.run(connection, quartz);
            Sql.run(
                    connection,
                    "drop table if exists shedlock, scheduled_tasks;"
                            + "create table shedlock (name varchar(64) primary key, lock_until timestamp"
                            + " not null, locked_at timestamp not null, locked_by varchar(255) not null);"
                            + "create table scheduled_tasks (task_name text not null, task_instance text"
                            + " not null, task_data bytea, execution_time timestamp with time zone,"
                            + " picked boolean not null, picked_by text, last_success timestamp with time"
                            + " zone, last_failure timestamp with time zone, consecutive_failures int,"
                            + " last_heartbeat timestamp with time zone, version bigint not null,"
                            + " priority smallint, primary key (task_name, task_instance))");
        }
        storage(dataSource, DatabaseOptions.CREATE).close();
    }

    static StorageProvider storage(DataSource dataSource, DatabaseOptions options) {
        StorageProvider storage = SqlStorageProviderFactory.using(dataSource, null, options);
        storage.setJobMapper(new JobMapper(new JsonbJsonMapper()));
        return storage;
    }

    static void close() throws SchedulerException {
        for (Scheduler scheduler : QUARTZ.values()) {
            scheduler.shutdown();
        }
        QUARTZ.clear();
    }
}
