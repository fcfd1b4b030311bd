package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cabstand.it.app.Call;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.Work;

/**
 * An application in which somebody else than a plain request works, several times in a row; each time the work is left
 * unfinished. Both pools have one connection, so if it does not return soon, the next call fails.
 */
final class Callers {

    private static final int CALLS = 4;

    static final Duration SOON = Duration.ofSeconds(3);

    private final Database database;
    private final String name;
    private final WarClient app;

    /** A database and an application of this name. */
    Callers(String name) {
        this.database = Database.create(name).execute("create table work (id text)");
        this.name = name;
        this.app = WarClient.of(name);
    }

    WarClient app() {
        return app;
    }

    TestWar war() {
        TestWar war =
                TestWar.named(name)
                        .with(Via.class, Work.class, Call.class)
                        .pool("manual", "auto-commit", "false");
        for (String pool : new String[] {"orders", "manual"}) {
            war.pool(pool, "url", database.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", "1")
                    .pool(pool, "acquisition-timeout", "3s");
        }
        return war;
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    static boolean isOfRequest(Via via) {
        return via == Via.CONNECTION || via == Via.MANUAL_CONNECTION;
    }

    void assertEachReturnsSoon(String path, Via via) {
        assertThat(database.committed(callEach(path, via))).isZero();
    }

    /** Where who calls commits what the application has left unfinished. */
    void assertEachIsCommittedAndReturnsSoon(String path, Via via) {
        assertThat(database.committed(callEach(path, via))).isEqualTo(CALLS);
    }

    private String callEach(String path, Via via) {
        String id = id();
        for (int i = 0; i < CALLS; i++) {
            call(path, via, id);
        }
        assertReturned(via, SOON);
        return id;
    }

    void assertReturns(String path, Via via, Duration within) {
        String id = id();
        call(path, via, id);
        assertBack(via, id, within);
    }

    private void call(String path, Via via, String id) {
        assertThat(app.text(path + "?via=" + via + "&id=" + id)).isEqualTo("done");
    }

    /** How many connections of both pools are in use. */
    long active() {
        return app.pool("orders").active() + app.pool("manual").active();
    }

    List<String> committedWith(String id) {
        return database.committedWith(id);
    }

    void assertBack(Via via, String id) {
        assertBack(via, id, SOON);
    }

    void assertBack(Via via, String id, Duration within) {
        assertReturned(via, within);
        assertThat(database.committed(id)).isZero();
    }

    private void assertReturned(Via via, Duration within) {
        await().atMost(within)
                .untilAsserted(
                        () -> {
                            assertThat(app.pool(via.pool()).active()).isZero();
                            assertThat(database.openTransactions()).isZero();
                        });
    }
}
