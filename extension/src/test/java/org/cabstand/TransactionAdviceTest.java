package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The advice in errors about transactions works. */
class TransactionAdviceTest {

    @ApplicationScoped
    static class Work {

        @Inject
        @Pool("a")
        DataSource a;

        @Inject
        @Pool("b")
        DataSource b;

        @Inject TransactionManager transactions;

        private Throwable error;
        private Throwable errorElsewhere;

        Throwable error() {
            return error;
        }

        Throwable errorElsewhere() {
            return errorElsewhere;
        }

        @Transactional
        public void useBoth() throws Exception {
            one(a);
            error = catchThrowable(() -> one(b));
        }

        @Transactional
        public void useAfterCompletion(ExecutorService elsewhere) throws Exception {
            one(a);
            transactions
                    .getTransaction()
                    .registerSynchronization(
                            new Synchronization() {
                                @Override
                                public void beforeCompletion() {
                                    // nothing to do
                                }

                                @Override
                                public void afterCompletion(int status) {
                                    error = catchThrowable(() -> one(a));
                                    errorElsewhere =
                                            catchThrowable(
                                                    () ->
                                                            elsewhere
                                                                    .submit(() -> one(a))
                                                                    .get(5, TimeUnit.SECONDS));
                                }
                            });
        }

        private static String one(DataSource pool) throws Exception {
            try (Connection c = pool.getConnection()) {
                return Sql.one(c, "select 1");
            }
        }
    }

    private static Map<String, String> pools(String... more) {
        Map<String, String> pools = TestApplication.h2("advice");
        pools.clear();
        pools.put("cabstand.pool.a.url", "jdbc:h2:mem:a;DB_CLOSE_DELAY=-1");
        pools.put("cabstand.pool.b.url", "jdbc:h2:mem:b;DB_CLOSE_DELAY=-1");
        for (int i = 0; i < more.length; i += 2) {
            pools.put(more[i], more[i + 1]);
        }
        return pools;
    }

    @Test
    void aSecondPoolThatIsSwitchedOffTakesNoPart() throws Exception {
        try (var app = TestApplication.startWithJta(pools(), Work.class)) {
            app.get(Work.class).useBoth();
            assertThat(app.get(Work.class).error())
                    .hasMessageStartingWith("CAB0115")
                    .hasMessageContaining("or set the one whose pool need not take part to off");
        }
        try (var app =
                TestApplication.startWithJta(
                        pools("cabstand.pool.b.transactions", "off"), Work.class)) {
            app.get(Work.class).useBoth();
            assertThat(app.get(Work.class).error()).isNull();
        }
    }

    @Test
    void afterCompletionAnotherThreadCanUseThePool() throws Exception {
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        try (var app = TestApplication.startWithJta(pools(), Work.class)) {
            Work work = app.get(Work.class);
            work.useAfterCompletion(elsewhere);
            assertThat(work.error())
                    .hasMessageStartingWith("CAB0116")
                    .hasMessageContaining("as in afterCompletion")
                    .hasMessageContaining("REQUIRES_NEW")
                    .hasMessageContaining("on another thread");
            assertThat(work.errorElsewhere()).isNull();
        } finally {
            elsewhere.shutdownNow();
        }
    }
}
