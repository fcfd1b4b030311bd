package org.cabstand.examples.bank;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Clients who send transfers at random, and remember what they were told.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class StormClients {

    static final int CLIENTS = 12;

    /** Of the ten; the last two are for transfers that take their time. */
    static final int BUSY_ACCOUNTS = 8;

    private static final int TO_WARM_UP = 100;

    static final int LOST = 0;

    /** The outcome of a transfer, as a client knows it; {@link #LOST} if no answer came. */
    record Sent(Transfer transfer, Mishap mishap, int status) {

        boolean isDecided() {
            return status != LOST && status != 503;
        }
    }

    private final RunningBank bank;

    /** What the identifiers of this run's transfers begin with. */
    private final String run;

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();

    /** Ended by who makes the trouble. */
    private volatile boolean storming = true;

    StormClients(RunningBank bank, String run) {
        this.bank = bank;
        this.run = run;
    }

    boolean areStorming() {
        return storming;
    }

    void end() {
        storming = false;
    }

    /** All so far, those without an answer too. */
    Queue<Sent> sent() {
        return sent;
    }

    /** Sends transfers until the storm ends; to be run once by a thread of its own. */
    Void run(int number, Random random) throws InterruptedException {
        return new Client(number, random).run();
    }

    /** A storm over a server that has compiled nothing yet books hardly anything, and proves little. */
    void warmUp() throws InterruptedException {
        for (int i = 0; i < TO_WARM_UP; i++) {
            int from = 1 + i % BUSY_ACCOUNTS;
            send(new Transfer(run + "early" + i, from, from % BUSY_ACCOUNTS + 1, 10), Mishap.NONE);
        }
    }

    Map<Integer, Long> answers() {
        return sent.stream().collect(groupingBy(Sent::status, TreeMap::new, counting()));
    }

    /** Sends transfers between accounts at random, one after the other. */
    private final class Client {

        private final int number;
        private final Random random;
        private int count;

        Client(int number, Random random) {
            this.number = number;
            this.random = random;
        }

        private Void run() throws InterruptedException {
            while (storming) {
                int from = 1 + random.nextInt(BUSY_ACCOUNTS);
                int to = 1 + (from + random.nextInt(BUSY_ACCOUNTS - 1)) % BUSY_ACCOUNTS;
                Transfer transfer = transfer(from, to, 1 + random.nextInt(20_000));
                int dice = random.nextInt(100);
                if (dice < 4) {
                    hangUp(transfer, random.nextInt(10));
                } else if (dice < 8) {
                    send(transfer, Mishap.EXCEPTION);
                } else if (dice < 12) {
                    send(transfer, Mishap.ROLLBACK_ONLY);
                } else {
                    send(transfer, Mishap.NONE);
                }
            }
            return null;
        }

        private Transfer transfer(int from, int to, long cents) {
            return new Transfer(run + number + "-" + count++, from, to, cents);
        }
    }

    Void send(Transfer transfer, Mishap mishap) throws InterruptedException {
        Sent one = new Sent(transfer, mishap, status(transfer, mishap));
        sent.add(one);
        if (!one.isDecided()) {
            TimeUnit.MILLISECONDS.sleep(100); // as a client does that is told to come again
        }
        return null;
    }

    private int status(Transfer transfer, Mishap mishap) throws InterruptedException {
        try {
            return bank.transfer(transfer, mishap).status();
        } catch (IOException e) {
            return LOST;
        }
    }

    private void hangUp(Transfer transfer, long afterMillis) throws InterruptedException {
        try {
            bank.transferAndHangUp(transfer, afterMillis);
        } catch (IOException e) {
            // as good as any other way not to get an answer
        }
        sent.add(new Sent(transfer, Mishap.NONE, LOST));
    }

    /** Who got no answer, or none that says anything, asks again; others get the same answer again. */
    List<Sent> askAgain() throws InterruptedException {
        List<Sent> decided = new ArrayList<>();
        for (Sent one : sent) {
            if (!one.isDecided() || decided.size() % 10 == 0) {
                int again = status(one.transfer(), Mishap.NONE);
                if (one.isDecided()) {
                    assertThat(again).as(one.toString()).isEqualTo(one.status());
                }
                decided.add(new Sent(one.transfer(), one.mishap(), again));
            } else {
                decided.add(one);
            }
        }
        assertThat(decided).allMatch(Sent::isDecided);
        return decided;
    }
}
