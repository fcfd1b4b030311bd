package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.LastWords;
import org.cabstand.it.app.LastWordsResource;
import org.cabstand.it.app.LastWordsServlet;
import org.cabstand.it.app.LastWordsSpeaker;
import org.cabstand.it.app.RequestMark;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guards that the {@code @PreDestroy} of any bean of a request may use and commit the request's connection,
 * in whatever order the server destroys the beans, and that the connection is back then.
 */
@Tag("core")
@ArquillianTest
class LastWordsIT {

    /** All of them, then each alone. */
    private static final List<List<String>> SPEAKERS =
            List.of(
                    List.of("Anna", "Berta", "Page", "Walther", "Zacharias"),
                    List.of("Anna"),
                    List.of("Berta"),
                    List.of("Walther"),
                    List.of("Zacharias"),
                    List.of("Page"));

    /** Added to the number of a bean: nothing uses the connection before it is destroyed. */
    private static final int ALONE = 10;

    private static final Database DATABASE =
            Database.create("lastwords").execute("create table work (id text)");

    private final WarClient app = WarClient.of("lastwords");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("lastwords")
                .with(LastWords.class, LastWords.Outcomes.class, LastWordsSpeaker.class)
                .with(LastWords.Anna.class, LastWords.Berta.class, LastWords.Walther.class)
                .with(LastWords.Zacharias.class, LastWords.Page.class, LastWords.Knight.class)
                .with(LastWordsResource.class, LastWordsServlet.class)
                .with(RequestMark.class, Gate.class, GateResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("orders", "acquisition-timeout", "5s")
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/last-words/plain",
                "api/last-words/throwing",
                "api/last-words/streaming",
                "api/last-words/activated",
                "api/last-words/controlled",
                "last-words/servlet"
            })
    void anyBeanCommitsWhatTheRequestLeftOpen(String kind) {
        for (int bean = 0; bean < SPEAKERS.size(); bean++) {
            for (int number : new int[] {bean, bean + ALONE}) {
                String id = request(kind, number);

                await().untilAsserted(() -> assertThat(app.pool("orders").active()).isZero());
                List<String> speakers = SPEAKERS.get(bean);
                assertThat(outcomes(id)).as(kind + " " + number).isEqualTo(speakers);
                assertThat(DATABASE.committedWith(id + "-"))
                        .as(kind + " " + number)
                        .isEqualTo(number < ALONE ? with(speakers, "open") : speakers);
            }
        }
    }

    /**
     * Work that is open when the thread leaves is rolled back; which beans are destroyed at all, and how often, is the
     * server's business.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/last-words/suspended",
                "api/last-words/stage",
                "last-words/completed",
                "last-words/timed-out",
                "last-words/dispatched",
                "last-words/dispatched-back"
            })
    void anyBeanThatAnAsynchronousRequestDestroysCommits(String kind) {
        for (int bean = 0; bean < SPEAKERS.size(); bean++) {
            for (int number : new int[] {bean, bean + ALONE}) {
                String id = request(kind, number);

                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> {
                                    assertThat(app.pool("orders").active()).isZero();
                                    List<String> outcomes = outcomes(id);
                                    List<String> committed = DATABASE.committedWith(id + "-");
                                    assertThat(committed)
                                            .as(kind + " " + number + ": " + outcomes)
                                            .containsAll(destroyed(outcomes))
                                            .isSubsetOf(with(SPEAKERS.get(0), "open"));
                                });
            }
        }
    }

    private String request(String kind, int number) {
        String id = UUID.randomUUID().toString().replace("-", "") + "-" + number;
        int status = app.get(kind + "?id=" + id).statusCode();
        assertThat(status).isEqualTo(kind.endsWith("throwing") ? 500 : 200);
        return id;
    }

    private List<String> outcomes(String id) {
        return app.text("api/last-words/outcome?id=" + id).lines().toList();
    }

    /** Names of beans that worked, and of those that only failed. */
    private static List<String> destroyed(List<String> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.replaceFirst(":.*", ""))
                .distinct()
                .toList();
    }

    private static List<String> with(List<String> names, String more) {
        List<String> all = new ArrayList<>(Stream.concat(names.stream(), Stream.of(more)).toList());
        Collections.sort(all);
        return all;
    }
}
