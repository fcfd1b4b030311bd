package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.error;
import static org.cabstand.it.app.Transactions.Step.outcome;
import static org.cabstand.it.app.Transactions.awaitTimeOut;
import static org.cabstand.it.app.Transactions.rollBackIfOpen;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import org.cabstand.Pool;

/**
 * Scenarios of {@code PurchaseResource} whose transactions are suspended, or do not come to a good
 * end.
 */
@Dependent
public class PurchaseTransactions {

    @Inject @Any Instance<Connection> connections;

    @Inject Transactions transactions;

    @Inject SuspendingTransactions suspending;

    @Inject UserTransaction user;

    String rolledBack(PurchaseWork work) {
        return outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            work.persist("");
                                            work.em().flush();
                                            Sql.session(work.db());
                                            throw new IllegalStateException("on purpose");
                                        }))
                + " "
                + (work.find("") == null);
    }

    String requiresNew(PurchaseWork work) {
        return outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            work.persistPlain("-outer");
                                            work.em().flush();
                                            suspending.requiresNew(
                                                    () -> work.persistPlain("-inner"));
                                            work.find("-outer").pay();
                                            throw new IllegalStateException("on purpose");
                                        }))
                + " "
                + (work.find("-outer") == null)
                + " "
                + (work.find("-inner") != null);
    }

    String rollbackOnly(PurchaseWork work) throws Exception {
        user.begin();
        work.persist("");
        work.em().flush();
        user.setRollbackOnly();
        String seen = work.find("").state() + " " + outcome(user::commit);
        rollBackIfOpen(user);
        return seen + " " + (work.find("") == null);
    }

    String commitFails(PurchaseWork work) throws Exception {
        transactions.required(() -> work.persist(""));
        user.begin();
        work.persist("-first");
        // the same key again: the database says so when it is flushed, which is at the commit
        Purchase twin = new Purchase(work.id(), 0);
        work.em().persist(twin);
        String seen = outcome(user::commit);
        rollBackIfOpen(user);
        return seen + " " + (work.find("-first") == null);
    }

    /** The flush writes one, fails at the next, and nobody minds. */
    String swallowed(PurchaseWork work) throws Exception {
        transactions.required(() -> work.persistPlain(""));
        user.begin();
        Sql.execute(
                work.db(),
                "insert into purchase (id, version, state) values ('"
                        + work.id()
                        + "-sql', 0, 'sql')");
        work.persistPlain("-first");
        work.em().persist(new Purchase(work.id(), 0));
        boolean isFlushed = outcome(() -> work.em().flush()).equals("done");
        boolean isCommitted = outcome(user::commit).equals("done");
        rollBackIfOpen(user);
        return isFlushed
                + " "
                + isCommitted
                + " "
                + (work.find("-first") == null)
                + " "
                + (work.find("-sql") == null);
    }

    /** The session ends between the flush and the commit. */
    String lost(PurchaseWork work) throws Exception {
        user.begin();
        work.persistPlain("");
        work.em().flush();
        String session = work.sessionOfEm();
        String kill =
                work.pool().equals("maria")
                        ? "kill " + session
                        : "select pg_terminate_backend(" + session + ")";
        Connection other = connections.select(Pool.Literal.of(work.pool() + "-admin")).get();
        suspending.notSupported(() -> Sql.execute(other, kill));
        boolean isCommitted = outcome(user::commit).equals("done");
        rollBackIfOpen(user);
        return isCommitted + " " + (work.find("") == null);
    }

    String timedOut(PurchaseWork work) throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            work.persist("-in-time");
            work.em().flush();
            awaitTimeOut(user);
            seen.append(error(() -> work.persist("-late")).contains("CAB0116")).append(' ');
            seen.append(outcome(user::commit).equals("done")).append(' ');
            rollBackIfOpen(user);
        } finally {
            user.setTransactionTimeout(0);
        }
        seen.append(work.find("-in-time") == null).append(' ').append(work.find("-late") == null);
        transactions.required(() -> work.persist("-after"));
        return seen.append(' ').append(work.find("-after") != null).toString();
    }

    /** The request ends with a transaction that has not. */
    String abandoned(PurchaseWork work) throws Exception {
        user.setTransactionTimeout(2);
        try {
            user.begin();
        } finally {
            user.setTransactionTimeout(0);
        }
        work.persist("");
        work.em().flush();
        return "done";
    }
}
