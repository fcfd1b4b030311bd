package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.error;
import static org.cabstand.it.app.Transactions.Step.outcome;
import static org.cabstand.it.app.Transactions.awaitTimeOut;
import static org.cabstand.it.app.Transactions.rollBackIfOpen;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Scenarios in JTA transactions: each inserts rows that begin with an identifier, and tells what it saw. */
@Path("tx/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TransactionResource {

    @PathParam("pool")
    String pool;

    @QueryParam("id")
    String id;

    @Inject @Any Instance<Connection> connections;

    @Inject @Any Instance<DataSource> dataSources;

    @Inject Transactions transactions;

    @Inject SuspendingTransactions suspending;

    @Inject UserTransaction user;

    private Connection db() {
        return connections.select(Pool.Literal.of(pool)).get();
    }

    private Connection db(String other) {
        return connections.select(Pool.Literal.of(other)).get();
    }

    private DataSource source() {
        return dataSources.select(Pool.Literal.of(pool)).get();
    }

    private void insert(String suffix) throws SQLException {
        Sql.insertWork(db(), id + suffix);
    }

    private String session() throws SQLException {
        return Sql.session(db());
    }

    /** The committed rows, seen from outside of every transaction. */
    @GET
    @Path("rows")
    public String rows() throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = source().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select id from work where id like ? order by id")) {
            query.setString(1, id + "%");
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.append(result.getString(1).substring(id.length())).append('\n');
                }
            }
        }
        return rows.toString();
    }

    @GET
    @Path("annotated")
    public String annotated() throws Exception {
        transactions.required(() -> insert("-committed"));
        return outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            insert("-thrown");
                                            throw new IllegalStateException("on purpose");
                                        }))
                + " "
                + outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            insert("-checked");
                                            throw new IOException("on purpose");
                                        }))
                + " "
                + outcome(
                        () ->
                                transactions.rollbackOnChecked(
                                        () -> {
                                            insert("-rollbackOn");
                                            throw new IOException("on purpose");
                                        }));
    }

    /** In a pool of one connection. */
    @GET
    @Path("around")
    public String around() throws Exception {
        insert("-before");
        transactions.required(() -> insert("-inside"));
        insert("-after");
        user.begin();
        insert("-user");
        user.commit();
        user.begin();
        insert("-given-up");
        user.rollback();
        insert("-end");
        return db().getAutoCommit() + "";
    }

    @GET
    @Path("nested")
    public String nested() throws Exception {
        StringBuilder seen = new StringBuilder();
        seen.append(
                outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            insert("-outer");
                                            String outer = session();
                                            suspending.requiresNew(
                                                    () -> {
                                                        insert("-new");
                                                        seen.append(!session().equals(outer))
                                                                .append(' ');
                                                    });
                                            suspending.notSupported(
                                                    () -> {
                                                        insert("-none");
                                                        seen.append(db().getAutoCommit())
                                                                .append(' ');
                                                    });
                                            seen.append(session().equals(outer)).append(' ');
                                            throw new IllegalStateException("on purpose");
                                        })));
        return seen.toString();
    }

    @GET
    @Path("data-source")
    public String dataSource() throws Exception {
        try (Connection outside = source().getConnection()) {
            Sql.insertWork(outside, id + "-outside");
            transactions.required(
                    () -> {
                        Sql.insertWork(outside, id + "-committed");
                        try (Connection inside = source().getConnection()) {
                            Sql.insertWork(inside, id + "-too");
                        }
                    });
            return outcome(
                    () ->
                            transactions.required(
                                    () -> {
                                        try (Connection inside = source().getConnection()) {
                                            Sql.insertWork(inside, id + "-thrown");
                                        }
                                        throw new IllegalStateException("on purpose");
                                    }));
        }
    }

    @GET
    @Path("refused")
    public String refused() throws Exception {
        StringBuilder seen = new StringBuilder();
        transactions.required(
                () -> {
                    insert("-first");
                    seen.append(error(db()::commit)).append('\n');
                    seen.append(error(db()::rollback)).append('\n');
                    seen.append(error(() -> db().setAutoCommit(true))).append('\n');
                    db().close();
                    insert("-second");
                });
        return seen.toString();
    }

    /** A statement that was made before the time-out, a new one, and the end. */
    @GET
    @Path("timed-out")
    public String timedOut() throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            insert("-in-time");
            PreparedStatement made = db().prepareStatement("insert into work (id) values (?)");
            made.setString(1, id + "-made-in-time");
            awaitTimeOut(user);
            seen.append("status=").append(user.getStatus()).append('\n');
            seen.append(error(made::execute)).append('\n');
            seen.append(error(() -> insert("-late"))).append('\n');
            seen.append(error(() -> Sql.insertWork(source().getConnection(), id + "-late-too")))
                    .append('\n');
            seen.append(outcome(user::commit)).append('\n');
            if (user.getStatus() != Status.STATUS_NO_TRANSACTION) {
                seen.append("rollback ").append(outcome(user::rollback)).append('\n');
            }
        } finally {
            user.setTransactionTimeout(0);
        }
        insert("-after");
        return seen.toString();
    }

    @GET
    @Path("timed-out-in-statement")
    public String timedOutInStatement(@QueryParam("sleep") String sleep) throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            insert("-in-time");
            seen.append(outcome(() -> Sql.execute(db(), sleep))).append(' ');
            seen.append(outcome(() -> insert("-late"))).append(' ');
            seen.append(outcome(user::commit));
            rollBackIfOpen(user);
        } finally {
            user.setTransactionTimeout(0);
        }
        insert("-after");
        return seen.toString();
    }

    @GET
    @Path("beside-foreign")
    public String besideForeign() throws Exception {
        ForeignResource foreign = new ForeignResource();
        user.begin();
        manager().getTransaction().enlistResource(foreign);
        insert("-beside");
        String outcome = outcome(user::commit);
        return outcome + ", foreign " + foreign.outcome();
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

    @GET
    @Path("two/{other}")
    public String two(@PathParam("other") String other) throws Exception {
        StringBuilder seen = new StringBuilder();
        transactions.required(
                () -> {
                    insert("-committed");
                    seen.append(error(() -> Sql.insertWork(db(other), id + "-committed")));
                });
        seen.append('\n')
                .append(
                        outcome(
                                () ->
                                        transactions.required(
                                                () -> {
                                                    insert("-thrown");
                                                    error(
                                                            () ->
                                                                    Sql.insertWork(
                                                                            db(other),
                                                                            id + "-thrown"));
                                                    throw new IllegalStateException("on purpose");
                                                })));
        return seen.toString();
    }

    /** The session dies before the commit: without a word, and with a statement that finds out. */
    @GET
    @Path("killed")
    public String killed(@QueryParam("admin") String admin, @QueryParam("kill") String kill)
            throws Exception {
        StringBuilder seen = new StringBuilder();
        for (boolean findsOut : new boolean[] {false, true}) {
            user.begin();
            insert("-lost");
            Sql.execute(db(admin), String.format(kill, session()));
            if (findsOut) {
                seen.append(outcome(() -> insert("-late"))).append(' ');
            }
            seen.append(outcome(user::commit)).append(' ');
            rollBackIfOpen(user);
        }
        transactions.required(() -> insert("-after"));
        return seen.toString();
    }

    @GET
    @Path("commit-fails")
    public String commitFails() throws Exception {
        return outcome(
                () -> {
                    user.begin();
                    Sql.execute(db(), "insert into once (id) values ('" + id + "')");
                    Sql.execute(db(), "insert into once (id) values ('" + id + "')");
                    user.commit();
                });
    }

    /** The request ends, and its transaction has not. */
    @GET
    @Path("abandoned")
    public String abandoned() throws Exception {
        user.setTransactionTimeout(2);
        try {
            user.begin();
        } finally {
            user.setTransactionTimeout(0);
        }
        insert("-abandoned");
        return "done";
    }

    @GET
    @Path("required")
    public String required() throws Exception {
        String outside = error(() -> insert("-outside"));
        transactions.required(() -> insert("-inside"));
        return outside;
    }
}
