package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.error;
import static org.cabstand.it.app.Transactions.Step.outcome;
import static org.cabstand.it.app.Transactions.awaitTimeOut;
import static org.cabstand.it.app.Transactions.rollBackIfOpen;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.sql.PreparedStatement;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Scenarios of transactions that do not come to a good end, of {@code TransactionResource}. */
@Dependent
public class TransactionFailures {

    @Inject Transactions transactions;

    @Inject UserTransaction user;

    /** A statement that was made before the time-out, a new one, and the end. */
    String timedOut(TransactionWork work) throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            work.insert("-in-time");
            PreparedStatement made = work.db().prepareStatement("insert into work (id) values (?)");
            made.setString(1, work.id() + "-made-in-time");
            awaitTimeOut(user);
            seen.append("status=").append(user.getStatus()).append('\n');
            seen.append(error(made::execute)).append('\n');
            seen.append(error(() -> work.insert("-late"))).append('\n');
            seen.append(
                            error(
                                    () ->
                                            Sql.insertWork(
                                                    work.source().getConnection(),
                                                    work.id() + "-late-too")))
                    .append('\n');
            seen.append(outcome(user::commit)).append('\n');
            if (user.getStatus() != Status.STATUS_NO_TRANSACTION) {
                seen.append("rollback ").append(outcome(user::rollback)).append('\n');
            }
        } finally {
            user.setTransactionTimeout(0);
        }
        work.insert("-after");
        return seen.toString();
    }

    String timedOutInStatement(TransactionWork work, String sleep) throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            work.insert("-in-time");
            seen.append(outcome(() -> Sql.execute(work.db(), sleep))).append(' ');
            seen.append(outcome(() -> work.insert("-late"))).append(' ');
            seen.append(outcome(user::commit));
            rollBackIfOpen(user);
        } finally {
            user.setTransactionTimeout(0);
        }
        work.insert("-after");
        return seen.toString();
    }

    String besideForeign(TransactionWork work) throws Exception {
        ForeignResource foreign = new ForeignResource();
        user.begin();
        manager().getTransaction().enlistResource(foreign);
        work.insert("-beside");
        String outcome = outcome(user::commit);
        return outcome + ", foreign " + foreign.outcome();
    }

    /** The session dies before the commit: without a word, and with a statement that finds out. */
    String killed(TransactionWork work, String admin, String kill) throws Exception {
        StringBuilder seen = new StringBuilder();
        for (boolean findsOut : new boolean[] {false, true}) {
            user.begin();
            work.insert("-lost");
            Sql.execute(work.db(admin), String.format(kill, work.session()));
            if (findsOut) {
                seen.append(outcome(() -> work.insert("-late"))).append(' ');
            }
            seen.append(outcome(user::commit)).append(' ');
            rollBackIfOpen(user);
        }
        transactions.required(() -> work.insert("-after"));
        return seen.toString();
    }

    String commitFails(TransactionWork work) throws Exception {
        return outcome(
                () -> {
                    user.begin();
                    Sql.execute(work.db(), "insert into once (id) values ('" + work.id() + "')");
                    Sql.execute(work.db(), "insert into once (id) values ('" + work.id() + "')");
                    user.commit();
                });
    }

    /** The request ends, and its transaction has not. */
    String abandoned(TransactionWork work) throws Exception {
        user.setTransactionTimeout(2);
        try {
            user.begin();
        } finally {
            user.setTransactionTimeout(0);
        }
        work.insert("-abandoned");
        return "done";
    }

    private static TransactionManager manager() throws NamingException {
        for (String name :
                new String[] {
                    "java:jboss/TransactionManager",
                    "java:appserver/TransactionManager",
                    "java:comp/TransactionManager"
                }) {
            try {
                return (TransactionManager) new InitialContext().lookup(name);
            } catch (NamingException e) {
                // another server's name
            }
        }
        throw new NamingException("no TransactionManager");
    }
}
