package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request whose return waits for the database. */
@Timeout(30)
class SlowReturnTest {

    @Test
    void holdsUpNoOtherRequest() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("slow-return")
                        .on(
                                "rollback",
                                (session, args) -> {
                                    if (first.compareAndSet(true, false)) {
                                        slow.countDown();
                                        release.await();
                                    }
                                    return null;
                                });
        try (var app = TestApplication.start(database.pool())) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> request(app));
            assertThat(slow.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> request(app));
            other.get(3, TimeUnit.SECONDS); // the limit of a return is later
            assertThat(waiting).isNotDone();
            release.countDown();
            waiting.get(10, TimeUnit.SECONDS);
        }
    }

    private static void request(TestApplication app) {
        try {
            app.request(
                    () -> {
                        app.connection().setAutoCommit(false);
                        Sql.run(app.connection(), "x");
                    });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
