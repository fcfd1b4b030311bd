package org.cabstand.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cabstand.examples.bank.StormClients.BUSY_ACCOUNTS;
import static org.cabstand.examples.bank.StormClients.CLIENTS;
import static org.cabstand.examples.bank.StormClients.LOST;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cabstand.examples.bank.RunningBank.Answer;
import org.cabstand.examples.bank.StormClients.Sent;
import org.junit.jupiter.api.Test;

/**
 * Everything at once, under load: bugs, deadlocks, locks, time limits, clients that hang up, sessions that are
 * killed, a database that crashes. The books balance all the while, and in the end each client finds there
 * what it was told.
 *
 * <p>{@code -Dbank.storm.seed=…} repeats the choices of a run (not the timing of threads), {@code
 * -Dbank.storm.seconds=…} makes it longer than its 15 seconds. It goes on for up to a minute more where chance (a
 * killed session) has kept deadlocks or locks away.
 */
class StormIT {

    private static final int MOST_SECONDS_MORE = 60;

    private final RunningBank bank = RunningBank.shared();
    private final BankDatabase database = bank.database();
    private final long seed = Long.getLong("bank.storm.seed", System.nanoTime());
    private final int seconds = Integer.getInteger("bank.storm.seconds", 15);
    private final String run = UUID.randomUUID() + "-";
    private final StormClients clients = new StormClients(bank, run);

    /** Of the transfers that come into a deadlock: nobody else uses these two. */
    private final int payer = database.openAccount(100_000);

    private final int payee = database.openAccount(0);
    private final Map<Integer, Long> before = balances();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final Queue<String> imbalances = new ConcurrentLinkedQueue<>();

    /** Each written by one thread, and read when that has ended. */
    private int audits;

    private long kills;

    StormIT() throws SQLException {
        // the database may throw
    }

    @Test
    void theBooksBalance() throws Exception {
        System.out.printf("storm: %d s, seed %d%n", seconds, seed);
        clients.warmUp();
        Random random = new Random(seed);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Random choices = new Random(random.nextLong());
                all.add(threads.submit(() -> clients.run(number, choices)));
            }
            Random mishaps = new Random(random.nextLong());
            all.add(threads.submit(() -> makeTrouble(mishaps)));
            all.add(threads.submit(this::audit));
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        // no client will notice that, so the pool must
        await().until(() -> killOneThatRests() == 1);
        awaitQuiet();
        System.out.printf(
                "storm: %s, %d sessions killed, %d audits%n", clients.answers(), kills, audits);
        assertThat(imbalances).isEmpty();
        everyKindOfFaultHasHappened();
        List<Sent> decided = clients.askAgain();
        journalSaysWhatClientsWereTold(decided);
        accountsHaveWhatClientsBooked(decided);
        assertThat(bank.books().json().getBoolean("balanced")).isTrue();
        awaitQuiet();
    }

    /** Crashes the database, then takes locks where the bank needs them; the storm ends when it has done so. */
    private Void makeTrouble(Random random) throws Exception {
        long start = System.nanoTime();
        try {
            TimeUnit.MILLISECONDS.sleep(seconds * 1000L / 6);
            database.crash();
            TimeUnit.MILLISECONDS.sleep(500);
            database.startAgain();
            await().until(() -> bank.readiness().getString("status").equals("UP"));
            Transfer late = new Transfer(run + "slow", 9, 10, 700);
            Future<Void> slow =
                    threads.submit(() -> clients.send(late, Mishap.SLOW)); // ends after the storm
            await().until(() -> database.sleeping() == 1);
            Random choices = new Random(random.nextLong());
            Future<Void> killer = threads.submit(() -> kill(choices));
            int rounds = 0;
            long passed;
            do {
                Transfer crossed = new Transfer(run + "crossed" + rounds++, payer, payee, 300);
                database.deadlock(
                        payer,
                        payee,
                        () -> threads.submit(() -> clients.send(crossed, Mishap.NONE)));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000)); // most of the load is then
                lockForTooLong(1 + random.nextInt(BUSY_ACCOUNTS));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
                passed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            } while (passed < seconds
                    || passed < seconds + MOST_SECONDS_MORE && (deadlocks() == 0 || locks() == 0));
            clients.end();
            killer.get();
            slow.get();
        } finally {
            clients.end();
        }
        return null;
    }

    /** Kills any session, sometimes all of them, but leaves the slow one to its time limit. */
    private Void kill(Random random) throws SQLException, InterruptedException {
        while (clients.areStorming()) {
            int most = random.nextInt(8) == 0 ? CLIENTS : 1;
            kills +=
                    database.terminateSessions(
                            "query not like '%pg_sleep%' order by random() limit " + most);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
        }
        return null;
    }

    private long killOneThatRests() throws SQLException {
        return database.terminateSessions("state = 'idle' order by random() limit 1");
    }

    /** The bank waits for 2 seconds. */
    private void lockForTooLong(int account) throws SQLException, InterruptedException {
        try (Connection other = database.lock(account)) {
            TimeUnit.MILLISECONDS.sleep(2_500);
            other.rollback();
        }
    }

    private Void audit() throws IOException, InterruptedException {
        while (clients.areStorming()) {
            Answer answer = bank.books();
            if (answer.status() == 200) {
                audits++;
                if (!answer.json().getBoolean("balanced")) {
                    imbalances.add(answer.body());
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return null;
    }

    /** The pool is whole, nothing is open, and all of it is ready for more. */
    private void awaitQuiet() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            JsonObject readiness = bank.readiness();
                            assertThat(readiness.getString("status")).isEqualTo("UP");
                            JsonObject pool = readiness.getJsonObject("data");
                            assertThat(pool.getString("active")).isEqualTo("0");
                            assertThat(pool.getString("waiting")).isEqualTo("0");
                            assertThat(database.openTransactions()).isZero();
                            assertThat(pool.getString("idle"))
                                    .isEqualTo(Long.toString(database.sessions()));
                        });
    }

    /** A storm that was none proves nothing. */
    private void everyKindOfFaultHasHappened() throws SQLException {
        assertThat(clients.sent()).filteredOn(one -> one.status() == 200).hasSizeGreaterThan(100);
        for (Mishap mishap : Mishap.values()) {
            if (mishap != Mishap.NONE) {
                assertThat(clients.sent())
                        .filteredOn(one -> one.mishap() == mishap && one.status() == 500)
                        .as(mishap.name())
                        .isNotEmpty();
            }
        }
        assertThat(clients.sent()).as("lost answers").anyMatch(one -> one.status() == LOST);
        assertThat(kills).as("killed sessions").isGreaterThan(5);
        assertThat(audits).as("audits").isGreaterThan(20);
        assertThat(deadlocks()).as("deadlocks").isPositive();
        assertThat(locks()).as("locks").isPositive();
        assertThat(journaled("id like '%slow' and reason like 'CAB0116%timed out%'"))
                .as("time limit")
                .isOne();
    }

    /** Transfers that gave way and were then booked. */
    private long deadlocks() throws SQLException {
        return journaled("state = 'BOOKED' and tries > 1");
    }

    private long locks() throws SQLException {
        return journaled("reason = 'the accounts are busy'");
    }

    private long journaled(String condition) throws SQLException {
        return database.number(
                "select count(*) from journal where id like '" + run + "%' and " + condition);
    }

    private void journalSaysWhatClientsWereTold(List<Sent> decided) throws SQLException {
        Map<String, String> told = new TreeMap<>();
        for (Sent one : decided) {
            told.put(
                    one.transfer().id(),
                    switch (one.status()) {
                        case 200 -> "BOOKED";
                        case 409 -> "REFUSED";
                        case 500 -> "FAILED";
                        default -> "status " + one.status();
                    });
        }
        Map<String, String> written = new TreeMap<>();
        try (Connection db = database.connect();
                Statement statement = db.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select id, state from journal where id like '" + run + "%'")) {
            while (rows.next()) {
                written.put(rows.getString("id"), rows.getString("state"));
            }
        }
        assertThat(written).isEqualTo(told);
    }

    private void accountsHaveWhatClientsBooked(List<Sent> decided) throws SQLException {
        Map<Integer, Long> expected = new HashMap<>(before);
        for (Sent one : decided) {
            if (one.status() == 200) {
                expected.merge(one.transfer().from(), -one.transfer().cents(), Long::sum);
                expected.merge(one.transfer().to(), one.transfer().cents(), Long::sum);
            }
        }
        assertThat(balances()).isEqualTo(expected);
    }

    private Map<Integer, Long> balances() throws SQLException {
        Map<Integer, Long> balances = new HashMap<>();
        try (Connection db = database.connect();
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("select id, balance from accounts")) {
            while (rows.next()) {
                balances.put(rows.getInt("id"), rows.getLong("balance"));
            }
        }
        return balances;
    }
}
