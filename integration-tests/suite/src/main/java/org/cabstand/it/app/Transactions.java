package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Work in a transaction by annotation. */
@ApplicationScoped
public class Transactions {

    /** Something that a request does. */
    public interface Step {
        /**
         * Does it.
         *
         * @throws Exception as the scenario wants it
         */
        void run() throws Exception;

        /** Runs a step; returns "done", or the type of what it threw. */
        static String outcome(Step step) {
            try {
                step.run();
                return "done";
            } catch (Exception e) {
                return e.getClass().getSimpleName();
            }
        }

        /** Runs a step; returns what it threw, with its message. */
        static String error(Step step) {
            try {
                step.run();
                return "no error";
            } catch (Exception e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
    }

    /** Payara looks for transactions that have timed out every ten seconds. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Waits until the thread's transaction has timed out. */
    static void awaitTimeOut(UserTransaction user) throws SystemException, InterruptedException {
        long begin = System.nanoTime();
        while (user.getStatus() == Status.STATUS_ACTIVE
                && System.nanoTime() - begin < PATIENCE_NANOS) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        // Payara shows it as marked for rollback, and rolls it back a moment later
        TimeUnit.SECONDS.sleep(1);
    }

    /** Ends the thread's transaction, unless a failed commit has ended it. */
    static void rollBackIfOpen(UserTransaction user) throws SystemException {
        if (user.getStatus() != Status.STATUS_NO_TRANSACTION) {
            user.rollback();
        }
    }

    @Transactional
    void required(Step step) throws Exception {
        step.run();
    }

    @Transactional(rollbackOn = IOException.class)
    void rollbackOnChecked(Step step) throws Exception {
        step.run();
    }
}
