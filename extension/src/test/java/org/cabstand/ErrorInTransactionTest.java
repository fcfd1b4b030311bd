package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An Error of the driver at the end of a JTA transaction costs one connection and no place. */
@Timeout(30)
class ErrorInTransactionTest {

    @ParameterizedTest
    @CsvSource({
        "commit, true", "commit, false", "rollback, true", "rollback, false",
        "getAutoCommit, true", "getAutoCommit, false", "isClosed, true", "close, true",
        "close, false", "setAutoCommit, true", "clearWarnings, true"
    })
    void theNextTransactionIsServed(String method, boolean commits) throws Exception {
        FakeDatabase database = new FakeDatabase("error-" + method + commits);
        try (TestApplication app =
                TestApplication.startWithJta(
                        database.pool("max-size", "1", "acquisition-timeout", "2s"))) {
            TransactionManager manager = app.get(TransactionManager.class);
            for (Supplier<Throwable> error : errors()) {
                manager.begin();
                try (Connection connection = app.dataSource().getConnection()) {
                    // left open: closing it is part of the end
                    assertThat(connection.createStatement().execute("insert")).isFalse();
                    database.on(
                            method,
                            (session, args) -> {
                                throw sneaky(error.get());
                            });
                    end(manager, commits);
                    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
                } catch (Exception | Error e) {
                    assertThat(e).isNotNull(); // whatever the transaction manager makes of it
                } finally {
                    database.asUsual(method);
                    if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
                        manager.suspend();
                    }
                }
                manager.begin();
                try (Connection connection = app.dataSource().getConnection()) {
                    assertThat(connection.createStatement().execute("insert")).isFalse();
                }
                manager.commit();
                assertThat(app.state().active()).isZero();
            }
        }
    }

    @AfterEach
    void leaveTransaction() throws SystemException {
        com.arjuna.ats.jta.TransactionManager.transactionManager().suspend();
    }

    private static Iterable<Supplier<Throwable>> errors() {
        return List.of(
                () -> new NoClassDefFoundError("staged"),
                () -> new StackOverflowError("staged"),
                () -> new IllegalStateException("staged"));
    }

    private static void end(TransactionManager manager, boolean commits) throws Exception {
        if (commits) {
            manager.commit();
        } else {
            manager.rollback();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable error) throws T {
        throw (T) error;
    }
}
