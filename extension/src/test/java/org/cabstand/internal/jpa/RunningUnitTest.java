package org.cabstand.internal.jpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A provider that does not come back. */
class RunningUnitTest {

    @Test
    void providerThatHangsHoldsNobodyUpForEver() {
        CountDownLatch never = new CountDownLatch(1);
        RunningUnit unit =
                new RunningUnit(
                        "test",
                        RunningUnitTest.class.getClassLoader(),
                        () -> {
                            never.await();
                            return null;
                        },
                        Duration.ofMillis(50));
        unit.start();
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(unit::get)
                        .isInstanceOf(PersistenceException.class)
                        .hasMessageStartingWith(
                                "CAB0196: the persistence unit of pool 'test' has not started within");
            }
        } finally {
            unit.close();
        }
    }
}
