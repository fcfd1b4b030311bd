package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Observers that write at the end of a transaction: into it, or in one of their own. */
@ApplicationScoped
public class EndObservers {

    @Inject Work work;

    @Inject SuspendingTransactions transactions;

    void before(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Ending ending)
            throws Exception {
        write(ending, "-before");
    }

    void success(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ending ending) {
        after(ending, "-success");
    }

    void failure(@Observes(during = TransactionPhase.AFTER_FAILURE) Ending ending) {
        after(ending, "-failure");
    }

    void completion(@Observes(during = TransactionPhase.AFTER_COMPLETION) Ending ending) {
        after(ending, "-completion");
    }

    /** What is done with the transaction's thread as it is, returns its connection, for the next one. */
    private void after(Ending ending, String phase) {
        attempt(
                ending,
                phase,
                () ->
                        work.run(
                                ending.via(),
                                connection -> {
                                    Sql.countWork(connection, ending.id());
                                    connection.close();
                                }));
        attempt(
                ending,
                phase + "-new",
                () -> transactions.requiresNew(() -> write(ending, phase + "-new")));
    }

    private static void attempt(Ending ending, String name, Transactions.Step step) {
        ending.answers().add(name + " " + Transactions.Step.error(step));
    }

    private void write(Ending ending, String suffix) throws Exception {
        work.run(ending.via(), connection -> Sql.insertWork(connection, ending.id() + suffix));
    }
}
