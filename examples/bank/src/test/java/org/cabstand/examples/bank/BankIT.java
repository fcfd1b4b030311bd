package org.cabstand.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cabstand.examples.bank.RunningBank.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Single transfers, one at a time. */
class BankIT {

    private static final long OPENING = 100_000;

    private final RunningBank bank = RunningBank.shared();
    private final BankDatabase database = bank.database();
    private final String id = UUID.randomUUID().toString();

    /** Of this test alone: what a storm leaves in the others is up to chance, and may be nothing. */
    private int payer;

    /** Opened after the payer's, so its number is the higher one. */
    private int payee;

    @BeforeEach
    void openAccounts() throws SQLException {
        payer = database.openAccount(OPENING);
        payee = database.openAccount(0);
    }

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
        for (int i = 0; i < 3; i++) {
            Answer answer = send(payer, payee, 500, Mishap.NONE);
            assertThat(answer).returns(200, Answer::status);
            assertThat(answer.json().getString("state")).isEqualTo("BOOKED");
        }
        assertThat(send(payer, payee, 501, Mishap.NONE)).returns(409, Answer::status);

        assertThat(balance(payee)).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"1,2,100000000", "1,1,5", "1,99,5", "99,1,5"})
    void theBankRefusesAndSaysWhy(int from, int to, long cents) throws Exception {
        long before = balance(1);

        Answer answer = send(from, to, cents, Mishap.NONE);

        assertThat(answer).returns(409, Answer::status);
        assertThat(answer.json().getString("reason")).contains("account");
        assertThat(balance(1)).isEqualTo(before);
    }

    @Test
    void nonsenseIsNoTransfer() throws Exception {
        assertThat(send(payer, payee, -5, Mishap.NONE)).returns(400, Answer::status);
        assertThat(bank.get("api/transfers/" + id)).returns(404, Answer::status);
    }

    /** All that was done is undone, but that it was tried. */
    @ParameterizedTest
    @EnumSource(names = {"EXCEPTION", "ROLLBACK_ONLY"})
    void aMishapChangesNothingAndIsInTheJournal(Mishap mishap) throws Exception {
        Answer answer = send(payer, payee, 500, mishap);

        assertThat(answer).returns(500, Answer::status);
        assertThat(journal().getString("state")).isEqualTo("FAILED");
        assertThat(balance(payer)).isEqualTo(OPENING);
        // failed for good: who wants it still sends another one
        assertThat(send(payer, payee, 500, Mishap.NONE)).returns(500, Answer::status);
        assertThat(balance(payer)).isEqualTo(OPENING);
    }

    @Test
    void whileItRunsItIsInTheJournalAndNowhereElse() throws Exception {
        CompletableFuture<Answer> transfer;
        try (Connection other = database.lock(payer)) {
            transfer = CompletableFuture.supplyAsync(() -> send(payer, payee, 500, Mishap.NONE));

            await().until(() -> bank.get("api/transfers/" + id).status() == 200);
            assertThat(journal().getString("state")).isEqualTo("ATTEMPTED");

            other.rollback();
        }
        assertThat(transfer.join()).returns(200, Answer::status);
        assertThat(journal().getString("state")).isEqualTo("BOOKED");
    }

    @Test
    void anAccountThatIsLockedForTooLongIsAConflict() throws Exception {
        try (Connection other = database.lock(payer)) {
            Answer answer = send(payer, payee, 500, Mishap.NONE);

            assertThat(answer).returns(409, Answer::status);
            assertThat(answer.json().getString("state")).isEqualTo("REFUSED");
            other.rollback();
        }
    }

    @Test
    void whoGaveWayInADeadlockIsTriedAgain() throws Exception {
        Answer answer =
                database.deadlock(
                        payer,
                        payee,
                        () ->
                                CompletableFuture.supplyAsync(
                                        () -> send(payer, payee, 500, Mishap.NONE)));

        assertThat(answer).returns(200, Answer::status);
        assertThat(answer.json().getInt("tries")).isEqualTo(2);
    }

    @Test
    void aSessionThatDiesInTheTransactionChangesNothing() throws Exception {
        CompletableFuture<Answer> transfer =
                CompletableFuture.supplyAsync(() -> send(payer, payee, 500, Mishap.SLOW));
        await().until(() -> database.sleeping() == 1);
        assertThat(database.terminateSessions("wait_event = 'PgSleep'")).isOne();

        assertThat(transfer.join()).returns(500, Answer::status);
        assertThat(balance(payer)).isEqualTo(OPENING);
    }
}
