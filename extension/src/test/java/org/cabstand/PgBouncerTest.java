package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PgBouncer in transaction mode between the pool and PostgreSQL, set as docs/capacity.md says. */
class PgBouncerTest {

    private static final int CLIENTS = 20;
    private static final int SERVER_SESSIONS = 3;

    private PostgresServer postgres;
    private Path directory;
    private Process bouncer;
    private int port;

    @BeforeEach
    void startServers() throws Exception {
        Path program = Path.of("/usr/sbin/pgbouncer");
        String missing =
                "PgBouncer is NOT TESTED: "
                        + program
                        + " is missing (Debian: apt-get install pgbouncer)";
        if (!Files.isExecutable(program)) {
            System.err.println(missing);
        }
        assumeTrue(Files.isExecutable(program), missing);
        postgres = PostgresServer.create();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        directory = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"\"\n");
        Path settings =
                Files.writeString(
                        directory.resolve("pgbouncer.ini"),
                        """
                        [databases]
                        postgres = host=127.0.0.1 port=%d
                        [pgbouncer]
                        listen_addr = 127.0.0.1
                        listen_port = %d
                        unix_socket_dir =
                        auth_type = trust
                        auth_file = %s
                        pool_mode = transaction
                        default_pool_size = %d
                        ignore_startup_parameters = extra_float_digits
                        """
                                .formatted(postgres.port(), port, users, SERVER_SESSIONS));
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) { // which it refuses
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(program.toString(), "-q", settings.toString()));
        bouncer =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(
                        () -> {
                            try (Connection c = DriverManager.getConnection(url())) {
                                return c.isValid(1);
                            }
                        });
    }

    @AfterEach
    void stopServers() throws Exception {
        if (bouncer != null) {
            bouncer.destroy();
            bouncer.waitFor();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (directory != null) {
            Files.delete(directory.resolve("users.txt"));
            Files.delete(directory.resolve("pgbouncer.ini"));
            Files.delete(directory);
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&prepareThreshold=0";
    }

    private Map<String, String> pool() {
        return Map.of("cabstand.pool.test.url", url(), "cabstand.pool.test.max-size", "" + CLIENTS);
    }

    @Test
    void manyConnectionsShareFewSessionsAndPreparedStatementsWork() throws Exception {
        try (var app = TestApplication.start(pool());
                Connection control = postgres.connect()) {
            Sql.run(control, "create table orders (id bigserial, customer text)");
            try (Traffic traffic = new Traffic(CLIENTS, app.dataSource(), PgBouncerTest::order)) {
                traffic.serve(2_000);
                assertThat(traffic.failures()).isEmpty();
                assertThat(Long.parseLong(Sql.one(control, sessions())))
                        .isBetween(1L, (long) SERVER_SESSIONS);
                assertThat(app.state().active() + app.state().idle())
                        .isGreaterThan(SERVER_SESSIONS);
            }
        }
    }

    private static void order(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < 7; i++) { // more often than the driver's own prepareThreshold
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into orders (customer) values (?)")) {
                insert.setString(1, "customer");
                insert.executeUpdate();
            }
        }
        try (PreparedStatement select =
                        connection.prepareStatement("select count(*) from orders where id > ?");
                ResultSet results = read(select)) {
            results.next();
        }
        connection.commit();
    }

    private static ResultSet read(PreparedStatement select) throws SQLException {
        select.setLong(1, 0);
        return select.executeQuery();
    }

    private static String sessions() {
        return "select count(*) from pg_stat_activity where application_name = 'cabstand/test'";
    }

    @Test
    void whatIsSetForATransactionStaysInIt() throws Exception {
        try (var app = TestApplication.start(pool())) {
            try (Traffic traffic =
                    new Traffic(
                            CLIENTS,
                            app.dataSource(),
                            connection -> {
                                connection.setAutoCommit(false);
                                String tenant = Thread.currentThread().getName();
                                assertTenant(connection, "");
                                Sql.run(
                                        connection,
                                        "select set_config('app.tenant', '" + tenant + "', true)");
                                assertTenant(connection, tenant);
                                connection.commit();
                            })) {
                traffic.serve(1_000);
                assertThat(traffic.failures()).isEmpty();
            }
        }
    }

    private static void assertTenant(Connection connection, String expected) throws SQLException {
        String tenant =
                Sql.one(connection, "select coalesce(current_setting('app.tenant', true), '')");
        if (!expected.equals(tenant)) {
            throw new SQLException("tenant is '" + tenant + "', not '" + expected + "'");
        }
    }

    @Test
    void sessionsThatAreKilledBehindItFailOnlyWhatIsInFlight() throws Exception {
        try (var app = TestApplication.start(pool());
                Connection control = postgres.connect()) {
            try (Traffic traffic =
                    new Traffic(CLIENTS, app.dataSource(), c -> Sql.run(c, "select 1"))) {
                traffic.serve(500);
                Sql.run(
                        control,
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name = 'cabstand/test'");
                traffic.serve(1_000);
                assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(CLIENTS);
            }
        }
    }
}
