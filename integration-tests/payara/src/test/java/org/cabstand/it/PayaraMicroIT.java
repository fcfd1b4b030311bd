package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.cabstand.it.app.FailingStartup;
import org.cabstand.it.app.LoaderRecord;
import org.cabstand.it.app.WatcherResource;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that an application that fails while it starts leaves nothing behind on Payara Micro: that has
 * stopped the application's class loader before it tells the application, so that no class can be loaded
 * any more by what closes the pools.
 */
class PayaraMicroIT {

    private static final Path WORK = Path.of(System.getProperty("it.micro-dir"));

    private static final Database DATABASE = Database.create("micro");

    @Test
    void anApplicationThatFailsToStartLeavesNothing() throws Exception {
        int port = freePort();
        Path log = WORK.resolve("server.log");
        Process server = start(port, log);
        try {
            WarClient watcher = WarClient.of("watcher", "http://127.0.0.1:" + port);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> Files.readString(log).contains("Payara Micro URLs:"));
            assertThat(Files.readString(log))
                    .contains(FailingStartup.MESSAGE + ", 4 pools used")
                    .doesNotContain("CAB024")
                    .doesNotContain("CAB021");

            await().untilAsserted(() -> assertThat(DATABASE.sessions()).isZero());
            await().untilAsserted(() -> assertThat(threads(watcher)).isEmpty());
            assertThat(watcher.text("api/watch/drivers/failing").lines()).isEmpty();
        } finally {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static Process start(int port, Path log) throws IOException {
        Files.createDirectories(WORK);
        Files.deleteIfExists(log);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("it.micro-jar"),
                        "--rootDir",
                        WORK.resolve("root").toString(),
                        "--nocluster",
                        "--nohostaware",
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        export(watcher()).toString(),
                        "--deploy",
                        export(failing()).toString())
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static WebArchive watcher() {
        return TestWar.withoutCabstand("watcher")
                .with(WatcherResource.class, LoaderRecord.class)
                .build();
    }

    private static WebArchive failing() {
        TestWar war =
                TestWar.named("failing")
                        .withH2()
                        .withDriversOfMariaDbAndMySql()
                        .with(FailingStartup.class, LoaderRecord.class)
                        .pool("orders", "url", DATABASE.url())
                        .pool("orders", "username", "postgres")
                        .pool("orders", "min-size", "2")
                        .pool("memory", "url", "jdbc:h2:mem:micro");
        for (String driver : List.of("mariadb", "mysql")) {
            war.pool(driver, "url", MariaDb.url(driver))
                    .pool(driver, "username", MariaDb.USER)
                    .pool(driver, "password", MariaDb.PASSWORD);
        }
        return war.build();
    }

    private static Path export(WebArchive war) {
        Path file = WORK.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** Payara Micro never starts where its port is taken. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<String> threads(WarClient watcher) {
        return watcher.text("api/watch/threads")
                .lines()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches("(cabstand|agroal|mysql).*"))
                .toList();
    }
}
