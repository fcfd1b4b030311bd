package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A credentials provider that gives nothing, or throws what it should not: it is named, and asked again. */
@Timeout(60)
class FaultyProviderTest {

    private static final AtomicReference<Callable<Credentials>> ANSWER = new AtomicReference<>();

    @ApplicationScoped
    static class Vault implements CredentialsProvider {
        @Override
        public Credentials credentials(String pool) {
            try {
                return ANSWER.get().call();
            } catch (Exception e) {
                throw FaultyProviderTest.<RuntimeException>sneaky(e);
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable error) throws E {
        throw (E) error;
    }

    private static Map<String, String> pool(FakeDatabase database) {
        return database.pool("acquisition-timeout", "2s", "max-size", "1");
    }

    private static boolean isServed(TestApplication app) {
        try (Connection connection = app.dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void assertNamed(Callable<Credentials> answer, String reason) throws Exception {
        ANSWER.set(answer);
        try (var app = TestApplication.start(pool(new FakeDatabase("faulty-vault")), Vault.class)) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("CAB0103: pool 'test'")
                    .hasMessageContaining("CAB0350: the CredentialsProvider of pool 'test' failed")
                    .hasMessageContaining(reason);
            ANSWER.set(() -> new Credentials("app", "secret"));
            await().until(() -> isServed(app));
        }
    }

    @Test
    void oneThatReturnsNullIsNamed() throws Exception {
        assertNamed(() -> null, "it returned null");
    }

    @Test
    void oneThatThrowsACheckedExceptionIsNamed() throws Exception {
        assertNamed(
                () -> {
                    throw new IOException("vault is sealed");
                },
                "java.io.IOException: vault is sealed");
    }

    @Test
    void oneThatThrowsAnErrorIsNamed() throws Exception {
        assertNamed(
                () -> {
                    throw new OutOfMemoryError("of the vault");
                },
                "java.lang.OutOfMemoryError: of the vault");
    }

    /** The attempt after the pause is the only one: it must not be the last. */
    @Test
    void oneThatReturnsNullAfterARefusalIsAskedAgain() throws Exception {
        ANSWER.set(() -> new Credentials("app", "wrong"));
        FakeDatabase database =
                new FakeDatabase("null-after-refusal")
                        .onConnect(
                                properties -> {
                                    if (!"right".equals(properties.getProperty("password"))) {
                                        throw new SQLException("password is wrong", "28P01");
                                    }
                                });
        try (var app = TestApplication.start(pool(database), Vault.class)) {
            assertThat(isServed(app)).isFalse();
            ANSWER.set(() -> null);
            await().untilAsserted(
                            () ->
                                    assertThatThrownBy(() -> app.dataSource().getConnection())
                                            .hasMessageContaining("it returned null"));
            ANSWER.set(() -> new Credentials("app", "right"));
            await().until(() -> isServed(app));
        }
    }
}
