package org.cabstand.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cabstand.examples.bank.RunningBank.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of one transfer at a time. */
class BankIT {

    private final RunningBank bank = RunningBank.shared();
    private final BankDatabase database = bank.database();
    private final String id = UUID.randomUUID().toString();

    @AfterEach
    void theBooksBalance() throws IOException, InterruptedException {
        assertThat(bank.books().json().getBoolean("balanced")).isTrue();
    }

    private long balance(int account) throws SQLException {
        return database.number("select balance from accounts where id = " + account);
    }

    private Answer send(int from, int to, long cents, Mishap mishap) {
        try {
            return bank.transfer(new Transfer(id, from, to, cents), mishap);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private JsonObject journal() throws IOException, InterruptedException {
        return bank.get("api/transfers/" + id).json();
    }

    @Test
    void aTransferIsBookedOnceHoweverOftenItIsSent() throws Exception {
        long before = balance(2);

        for (int i = 0; i < 3; i++) {
            Answer answer = send(1, 2, 500, Mishap.NONE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getString("state")).isEqualTo("BOOKED");
        }
        assertThat(send(1, 2, 501, Mishap.NONE).status()).isEqualTo(409);

        assertThat(balance(2)).isEqualTo(before + 500);
    }

    @ParameterizedTest
    @CsvSource({"1,2,100000000", "1,1,5", "1,99,5", "99,1,5"})
    void theBankRefusesAndSaysWhy(int from, int to, long cents) throws Exception {
        long before = balance(1);

        Answer answer = send(from, to, cents, Mishap.NONE);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().getString("reason")).contains("account");
        assertThat(balance(1)).isEqualTo(before);
    }

    @Test
    void nonsenseIsNoTransfer() throws Exception {
        assertThat(send(1, 2, -5, Mishap.NONE).status()).isEqualTo(400);
        assertThat(bank.get("api/transfers/" + id).status()).isEqualTo(404);
    }

    /** All that was done is undone, but that it was tried. */
    @ParameterizedTest
    @EnumSource(names = {"EXCEPTION", "ROLLBACK_ONLY"})
    void aMishapChangesNothingAndIsInTheJournal(Mishap mishap) throws Exception {
        long before = balance(3);

        Answer answer = send(3, 4, 500, mishap);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(journal().getString("state")).isEqualTo("FAILED");
        assertThat(balance(3)).isEqualTo(before);
        // failed for good: who wants it still sends another one
        assertThat(send(3, 4, 500, Mishap.NONE).status()).isEqualTo(500);
        assertThat(balance(3)).isEqualTo(before);
    }

    @Test
    void whileItRunsItIsInTheJournalAndNowhereElse() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from accounts where id = 5 for update");
            CompletableFuture<Answer> transfer =
                    CompletableFuture.supplyAsync(() -> send(5, 6, 500, Mishap.NONE));

            await().until(() -> bank.get("api/transfers/" + id).status() == 200);
            assertThat(journal().getString("state")).isEqualTo("ATTEMPTED");

            other.rollback();
            assertThat(transfer.join().status()).isEqualTo(200);
        }
        assertThat(journal().getString("state")).isEqualTo("BOOKED");
    }

    @Test
    void anAccountThatIsLockedForTooLongIsAConflict() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from accounts where id = 5 for update");

            Answer answer = send(5, 6, 500, Mishap.NONE);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().getString("state")).isEqualTo("REFUSED");
            other.rollback();
        }
    }

    @Test
    void whoGaveWayInADeadlockIsTriedAgain() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "set deadlock_timeout = '1min'"); // let it be the bank's that gives way
            statement.execute("select * from accounts where id = 8 for update");
            CompletableFuture<Answer> transfer =
                    CompletableFuture.supplyAsync(() -> send(7, 8, 500, Mishap.NONE));
            await().until(() -> database.waiting() == 1);
            statement.execute("select * from accounts where id = 7 for update");
            other.rollback();

            Answer answer = transfer.join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getInt("tries")).isEqualTo(2);
        }
    }

    @Test
    void aSessionThatDiesInTheTransactionChangesNothing() throws Exception {
        long before = balance(9);
        CompletableFuture<Answer> transfer =
                CompletableFuture.supplyAsync(() -> send(9, 10, 500, Mishap.SLOW));
        await().until(() -> database.openTransactions() == 1);
        assertThat(database.terminateSessions("xact_start is not null")).isOne();

        assertThat(transfer.join().status()).isEqualTo(500);
        assertThat(balance(9)).isEqualTo(before);
    }
}
