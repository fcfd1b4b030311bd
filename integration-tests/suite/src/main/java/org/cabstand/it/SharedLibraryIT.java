package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cabstand.it.app.PackagedResource;
import org.cabstand.it.app.TenantCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Guards that the jar may be the server's instead of the applications': each has pools of its own all the same, and
 * its own customizers are called.
 *
 * <p>The server's module says in {@code it.shared-libs} where the server looks for jars that applications share.
 */
class SharedLibraryIT {

    private static final Database FIRST = Database.create("shared_first");
    private static final Database SECOND = Database.create("shared_second");

    private static final Duration TO_START = Duration.ofSeconds(60);

    private List<Path> shared = List.of();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        shared = Libraries.share(Path.of(ScriptedServer.setting("it.shared-libs")));
        ScriptedServer.deploy(war("first", FIRST).build());
        ScriptedServer.deploy(war("second", SECOND).build());
        server = ScriptedServer.start("shared");
    }

    private static TestWar war(String name, Database database) {
        return TestWar.named(name)
                .with(PackagedResource.class, TenantCustomizer.class)
                .pool("orders", "url", database.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("also-in-" + name, "url", database.url())
                .pool("also-in-" + name, "username", "postgres")
                .withJarsOfServer();
    }

    @AfterEach
    void cleanUp() throws IOException {
        if (server != null) {
            server.close();
        }
        ScriptedServer.undeploy("first.war");
        ScriptedServer.undeploy("second.war");
        for (Path file : shared) {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void eachApplicationHasPoolsOfItsOwnAndOneStaysWhenTheOtherGoes() throws IOException {
        assertWorks("first", FIRST);
        assertWorks("second", SECOND);
        assertWorks("first", FIRST);
        assertThat(FIRST.sessions()).isOne();
        assertThat(SECOND.sessions()).isOne();
        for (String pool : List.of("also-in-first", "also-in-second")) {
            await().untilAsserted(
                            () ->
                                    assertThat(Readiness.ask("first").of(pool).isPresent())
                                            .isEqualTo(Server.can("shared.readiness")));
        }

        ScriptedServer.undeploy("first.war");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(FIRST.sessions()).isZero());
        assertWorks("second", SECOND);
    }

    private static void assertWorks(String war, Database database) {
        String shown = database.name() + " customized";
        WarClient app = WarClient.of(war);
        await().atMost(TO_START)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(app.text("api/packaged")).isEqualTo(shown + " " + shown));
    }
}
