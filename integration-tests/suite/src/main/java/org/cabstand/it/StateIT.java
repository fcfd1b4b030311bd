package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.TreeMap;
import org.cabstand.it.app.SessionResource;
import org.cabstand.it.app.StateResource;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.Work;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards that no request finds what another one set on the connection: all pools have one connection, so
 * that the next request gets the very one that was changed.
 */
@Tag("core")
@ArquillianTest
class StateIT {

    private static final Database DATABASE =
            Database.create("states")
                    .execute("create schema other; drop role if exists clerk; create role clerk");

    private final WarClient app = WarClient.of("states");

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war =
                TestWar.named("states")
                        .with(Via.class, Work.class)
                        .with(StateResource.class, SessionResource.class)
                        .pool("manual", "auto-commit", "false")
                        .pool("full", "reset", "full");
        for (String pool : new String[] {"orders", "manual", "full"}) {
            war.pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", "1")
                    .pool(pool, "acquisition-timeout", "5s");
        }
        return war.build();
    }

    @ParameterizedTest
    @EnumSource
    void nothingSetThroughJdbcReachesTheNextRequest(Via via) {
        assertGone("api/state", "?via=" + via, via.pool());
    }

    @Test
    void nothingSetBySqlReachesTheNextRequestAfterFullReset() {
        assertGone("api/session", "", "full");
    }

    private void assertGone(String path, String query, String pool) {
        Map<String, String> before = state(app.text(path + query));
        awaitReturn(pool);

        Map<String, String> changed = state(app.text(path + "/changed" + query));
        assertThat(changed.remove("pid")).isEqualTo(before.get("pid"));
        changed.forEach((key, value) -> assertThat(value).as(key).isNotEqualTo(before.get(key)));
        awaitReturn(pool);

        assertThat(state(app.text(path + query))).isEqualTo(before);
    }

    /** The answer may be here before the connection is back. */
    private void awaitReturn(String pool) {
        await().untilAsserted(() -> assertThat(app.pool(pool).active()).isZero());
    }

    private static Map<String, String> state(String text) {
        Map<String, String> state = new TreeMap<>();
        text.lines()
                .map(line -> line.split("=", 2))
                .forEach(keyAndValue -> state.put(keyAndValue[0], keyAndValue[1]));
        return state;
    }
}
