package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.TestApplication.Work;
import org.cabstand.shop.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entities at the end of a JTA transaction, with a pool of one connection. */
class JpaSynchronizationsTest extends JpaFixture {

    private void atEnd(boolean isInterposed, Work before, Work after) throws Exception {
        Synchronization atEnd =
                new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        run(before);
                    }

                    @Override
                    public void afterCompletion(int status) {
                        run(after);
                    }

                    private void run(Work work) {
                        try {
                            work.run();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                };
        if (isInterposed) {
            app.get(TransactionSynchronizationRegistry.class)
                    .registerInterposedSynchronization(atEnd);
        } else {
            manager.getTransaction().registerSynchronization(atEnd);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theyMayBeWrittenInATransactionOfTheirOwn(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        List<Throwable> errors = new ArrayList<>();
        app.request(
                () ->
                        shop.required(
                                () -> {
                                    Work after =
                                            () -> {
                                                long id = 10 + errors.size();
                                                errors.add(
                                                        catchThrowable(
                                                                () -> em().find(Order.class, 1L)));
                                                suspending.requiresNew(
                                                        () -> em().persist(new Order(id)));
                                            };
                                    atEnd(true, () -> {}, after);
                                    atEnd(false, () -> em().persist(new Order(2)), after);
                                    em().persist(new Order(1));
                                    em().flush();
                                    atEnd(true, () -> {}, after);
                                }));
        for (long id : new long[] {1, 2, 10, 11, 12}) {
            assertThat(stateInDatabase(id)).as("order " + id).isNotNull();
        }
        assertThat(errors)
                .hasSize(3)
                .allSatisfy(e -> assertThat(e).hasMessageContaining("CAB0116"));
        assertNothingInUse();
    }
}
