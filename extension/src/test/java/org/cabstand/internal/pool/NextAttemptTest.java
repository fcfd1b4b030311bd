package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who hears how an attempt to open a session has ended. */
class NextAttemptTest {

    private final NextAttempt next = new NextAttempt();

    @Test
    void whoAsksBeforeItsEndIsTold() {
        CompletableFuture<Void> first = next.end();
        CompletableFuture<Void> second = next.end();
        NextAttempt.tell(next.take(), null);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(next.isAwaited()).isFalse();
    }

    @Test
    void anErrorIsTold() {
        CompletableFuture<Void> asked = next.end();
        NextAttempt.tell(next.take(), new SQLException("refused"));
        assertThat(asked).failsWithin(0, TimeUnit.SECONDS);
    }

    /** Its session may be in use by then, and dead: that it could be opened is no news. */
    @Test
    void whoAsksWhileItsSessionIsHandedOverWaitsForTheNextOne() {
        CompletableFuture<Void> ending = next.take();
        CompletableFuture<Void> asked = next.end();
        NextAttempt.tell(ending, null);
        assertThat(asked).isNotCompleted();
        assertThat(next.isAwaited()).isTrue();
    }
}
