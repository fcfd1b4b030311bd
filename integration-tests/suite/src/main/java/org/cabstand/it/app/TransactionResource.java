package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.error;
import static org.cabstand.it.app.Transactions.Step.outcome;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import javax.sql.DataSource;

/** Scenarios in JTA transactions: each inserts rows that begin with an identifier, and tells what it saw. */
@Path("tx/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TransactionResource {

    private String pool;

    private String id;

    @Inject HttpServletRequest request;

    @Inject @Any Instance<Connection> connections;

    @Inject @Any Instance<DataSource> dataSources;

    @Inject Transactions transactions;

    @Inject SuspendingTransactions suspending;

    @Inject UserTransaction user;

    @Inject TransactionFailures failures;

    /** Not by JAX-RS, as TomEE fills no fields of beans that have a scope. */
    @PostConstruct
    void readRequest() {
        pool = request.getRequestURI().replaceFirst(".*/tx/", "").replaceFirst("/.*", "");
        id = request.getParameter("id");
    }

    private TransactionWork work() {
        return new TransactionWork(pool, id, connections, dataSources);
    }

    private Connection db() {
        return work().db();
    }

    private Connection db(String other) {
        return work().db(other);
    }

    private DataSource source() {
        return work().source();
    }

    private void insert(String suffix) throws SQLException {
        work().insert(suffix);
    }

    private String session() throws SQLException {
        return work().session();
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

    @GET
    @Path("timed-out")
    public String timedOut() throws Exception {
        return failures.timedOut(work());
    }

    @GET
    @Path("timed-out-in-statement")
    public String timedOutInStatement(@QueryParam("sleep") String sleep) throws Exception {
        return failures.timedOutInStatement(work(), sleep);
    }

    @GET
    @Path("beside-foreign")
    public String besideForeign() throws Exception {
        return failures.besideForeign(work());
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

    @GET
    @Path("killed")
    public String killed(@QueryParam("admin") String admin, @QueryParam("kill") String kill)
            throws Exception {
        return failures.killed(work(), admin, kill);
    }

    @GET
    @Path("commit-fails")
    public String commitFails() throws Exception {
        return failures.commitFails(work());
    }

    @GET
    @Path("abandoned")
    public String abandoned() throws Exception {
        return failures.abandoned(work());
    }

    @GET
    @Path("required")
    public String required() throws Exception {
        String outside = error(() -> insert("-outside"));
        transactions.required(() -> insert("-inside"));
        return outside;
    }
}
