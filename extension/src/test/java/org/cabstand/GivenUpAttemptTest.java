package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt to open a session that hangs, on a thread that no interrupt gets out, and is given up. */
@Timeout(60)
class GivenUpAttemptTest {

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();
    private static volatile CountDownLatch release;

    /** Hangs the first time. */
    @ApplicationScoped
    static class Vault implements CredentialsProvider {

        @Override
        public Credentials credentials(String pool) {
            hangInAttempt(1);
            return new Credentials("app", "secret");
        }
    }

    private static int hangInAttempt(int number) {
        int attempt = ATTEMPTS.incrementAndGet();
        boolean hanging = attempt == number;
        while (hanging) {
            try {
                release.await();
                hanging = false;
            } catch (InterruptedException e) {
                hanging = true; // as a driver would that does not care
            }
        }
        return attempt;
    }

    @BeforeEach
    void begin() {
        ATTEMPTS.set(0);
        release = new CountDownLatch(1);
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    private static TestApplication start(FakeDatabase database, Class<?>... beans) {
        return TestApplication.start(
                database.pool(
                        "max-size", "1", "login-timeout", "1s", "acquisition-timeout", "500ms"),
                beans);
    }

    private static void awaitService(TestApplication app) {
        ConditionFactory patient = await().ignoreExceptions().atMost(Duration.ofSeconds(12));
        patient.untilAsserted(() -> app.dataSource().getConnection().close());
    }

    /** Of all attempts the one that finds out whether the database accepts us again. */
    @Test
    void aLoginThatHangsAfterARefusalIsNotTheLastOne() throws Exception {
        FakeDatabase database =
                new FakeDatabase("hangsAfterRefusal")
                        .onConnect(
                                properties -> {
                                    if (hangInAttempt(2) == 1) {
                                        throw new SQLInvalidAuthorizationSpecException(
                                                "no", "28000");
                                    }
                                });
        try (TestApplication app = start(database)) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLException.class);
            awaitService(app);
        }
    }

    @Test
    void whoGetsCredentialsTooLateMakesNoSessionBeyondTheLimit() throws Exception {
        FakeDatabase database = new FakeDatabase("lateCredentials");
        try (TestApplication app = start(database, Vault.class)) {
            awaitService(app);
            Thread[] before = threads();
            release.countDown();
            await().until(() -> Arrays.stream(before).noneMatch(GivenUpAttemptTest::isConnecting));
            assertThat(database.mostSessions()).isEqualTo(1);
            assertThat(database.logins()).hasSize(1);
        }
    }

    @Test
    void aSessionThatComesTooLateIsEndedBeforeItIsSetUp() throws Exception {
        FakeDatabase database = new FakeDatabase("lateSession");
        database.onConnect(properties -> hangInAttempt(1));
        try (TestApplication app = start(database)) {
            awaitService(app);
            long setUps = setUps(database);
            release.countDown();
            await().until(() -> database.calls().contains("abort"));
            await().until(() -> database.sessions() == 1);
            assertThat(setUps(database)).isEqualTo(setUps);
        }
    }

    private static long setUps(FakeDatabase database) {
        return database.calls().stream().filter("setAutoCommit"::equals).count();
    }

    private static Thread[] threads() {
        return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
    }

    private static boolean isConnecting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("connect"));
    }
}
