package org.cabstand.dev.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
                    if (record.getLevel() == Level.INFO) {
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
