package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.error;
import static org.cabstand.it.app.Transactions.Step.outcome;
import static org.cabstand.it.app.Transactions.awaitTimeOut;
import static org.cabstand.it.app.Transactions.rollBackIfOpen;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cabstand.Pool;

/** JPA and JDBC over one pool: each scenario tells what it saw. */
@Path("purchase/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class PurchaseResource {

    /** Far more than the buffers between the server and a client that stops reading can hold. */
    private static final int ENDLESS = 20_000_000;

    @PathParam("pool")
    String pool;

    @QueryParam("id")
    String id;

    @Inject @Any Instance<EntityManager> entityManagers;

    @Inject @Any Instance<Connection> connections;

    @Inject Transactions transactions;

    @Inject SuspendingTransactions suspending;

    @Inject UserTransaction user;

    @Inject PurchaseJournal journal;

    @Inject PurchaseFarewell farewell;

    @Inject PurchaseContexts contexts;

    @Inject Gate gate;

    private EntityManager em() {
        return entityManagers.select(Pool.Literal.of(pool)).get();
    }

    private Connection db() {
        return connections.select(Pool.Literal.of(pool)).get();
    }

    private String sessionOfEm() {
        String query = pool.equals("maria") ? "select connection_id()" : "select pg_backend_pid()";
        return String.valueOf(em().createNativeQuery(query).getSingleResult());
    }

    private Purchase find(String suffix) {
        contexts.note(em());
        return em().find(Purchase.class, id + suffix);
    }

    private void persist(String suffix) {
        contexts.note(em());
        em().persist(new Purchase(id + suffix, 2));
    }

    /** Without lines, whose numbers EclipseLink would take from a table, within the transaction. */
    private void persistPlain(String suffix) {
        contexts.note(em());
        em().persist(new Purchase(id + suffix, 0));
    }

    @GET
    public String state() {
        Purchase found = find("");
        return found == null ? "nothing" : found.state() + " " + found.lineCount();
    }

    /** Before, inside and after a transaction, by both APIs, over a pool of one connection. */
    @GET
    @Path("paid")
    public String paid() throws Exception {
        StringBuilder seen = new StringBuilder();
        seen.append(find("") == null).append(' ');
        String before = Sql.session(db());
        transactions.required(
                () -> {
                    persist("");
                    em().flush();
                    seen.append(
                                    Sql.single(
                                            db(),
                                            "select count(*) from purchase where id = '"
                                                    + id
                                                    + "'"))
                            .append(' ');
                    Sql.execute(
                            db(),
                            "insert into purchase (id, version, state) values ('"
                                    + id
                                    + "-sql', 0, 'sql')");
                    seen.append(find("-sql").state()).append(' ');
                    seen.append(sessionOfEm().equals(Sql.session(db()))).append(' ');
                    find("").pay();
                });
        seen.append(find("").state()).append(' ').append(find("").lineCount()).append(' ');
        seen.append(before.equals(sessionOfEm())).append(' ');
        return seen.append(journal.last()).toString();
    }

    @GET
    @Path("provider")
    public String provider() {
        return em().getDelegate().getClass().getName();
    }

    @GET
    @Path("rolled-back")
    public String rolledBack() {
        return outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            persist("");
                                            em().flush();
                                            Sql.session(db());
                                            throw new IllegalStateException("on purpose");
                                        }))
                + " "
                + (find("") == null);
    }

    @GET
    @Path("outside")
    public String outside() {
        return outcome(() -> persist(""))
                + " "
                + outcome(() -> em().createQuery("delete from Purchase p").executeUpdate())
                + " "
                + outcome(() -> em().flush())
                + " "
                + outcome(() -> em().getTransaction().begin())
                + " "
                + (find("") == null);
    }

    @GET
    @Path("requires-new")
    public String requiresNew() {
        return outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            persistPlain("-outer");
                                            em().flush();
                                            suspending.requiresNew(() -> persistPlain("-inner"));
                                            find("-outer").pay();
                                            throw new IllegalStateException("on purpose");
                                        }))
                + " "
                + (find("-outer") == null)
                + " "
                + (find("-inner") != null);
    }

    @GET
    @Path("rollback-only")
    public String rollbackOnly() throws Exception {
        user.begin();
        persist("");
        em().flush();
        user.setRollbackOnly();
        String seen = find("").state() + " " + outcome(user::commit);
        rollBackIfOpen(user);
        return seen + " " + (find("") == null);
    }

    @GET
    @Path("commit-fails")
    public String commitFails() throws Exception {
        transactions.required(() -> persist(""));
        user.begin();
        persist("-first");
        // the same key again: the database says so when it is flushed, which is at the commit
        Purchase twin = new Purchase(id, 0);
        em().persist(twin);
        String seen = outcome(user::commit);
        rollBackIfOpen(user);
        return seen + " " + (find("-first") == null);
    }

    /** The flush writes one, fails at the next, and nobody minds. */
    @GET
    @Path("swallowed")
    public String swallowed() throws Exception {
        transactions.required(() -> persistPlain(""));
        user.begin();
        Sql.execute(
                db(),
                "insert into purchase (id, version, state) values ('" + id + "-sql', 0, 'sql')");
        persistPlain("-first");
        em().persist(new Purchase(id, 0));
        boolean isFlushed = outcome(() -> em().flush()).equals("done");
        boolean isCommitted = outcome(user::commit).equals("done");
        rollBackIfOpen(user);
        return isFlushed
                + " "
                + isCommitted
                + " "
                + (find("-first") == null)
                + " "
                + (find("-sql") == null);
    }

    /** The session ends between the flush and the commit. */
    @GET
    @Path("lost")
    public String lost() throws Exception {
        user.begin();
        persistPlain("");
        em().flush();
        String session = sessionOfEm();
        String kill =
                pool.equals("maria")
                        ? "kill " + session
                        : "select pg_terminate_backend(" + session + ")";
        Connection other = connections.select(Pool.Literal.of(pool + "-admin")).get();
        suspending.notSupported(() -> Sql.execute(other, kill));
        boolean isCommitted = outcome(user::commit).equals("done");
        rollBackIfOpen(user);
        return isCommitted + " " + (find("") == null);
    }

    @GET
    @Path("timed-out")
    public String timedOut() throws Exception {
        StringBuilder seen = new StringBuilder();
        user.setTransactionTimeout(1);
        try {
            user.begin();
            persist("-in-time");
            em().flush();
            awaitTimeOut(user);
            seen.append(error(() -> persist("-late")).contains("CAB0116")).append(' ');
            seen.append(outcome(user::commit).equals("done")).append(' ');
            rollBackIfOpen(user);
        } finally {
            user.setTransactionTimeout(0);
        }
        seen.append(find("-in-time") == null).append(' ').append(find("-late") == null);
        transactions.required(() -> persist("-after"));
        return seen.append(' ').append(find("-after") != null).toString();
    }

    @GET
    @Path("farewell")
    public String farewell() {
        farewell.announce(id);
        return "announced";
    }

    @GET
    @Path("throwing")
    public String throwing() {
        find("");
        throw new IllegalStateException("thrown by the application on purpose");
    }

    /** The request ends with a transaction that has not. */
    @GET
    @Path("abandoned")
    public String abandoned() throws Exception {
        user.setTransactionTimeout(2);
        try {
            user.begin();
        } finally {
            user.setTransactionTimeout(0);
        }
        persist("");
        em().flush();
        return "done";
    }

    @GET
    @Path("streaming")
    public StreamingOutput streaming() {
        return out -> stream(out, 100);
    }

    @GET
    @Path("endless")
    public StreamingOutput endless() {
        return out -> stream(out, ENDLESS);
    }

    private void stream(OutputStream out, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            String state = i % 1_000 == 0 ? state() : "and so on";
            out.write((state + " ".repeat(100) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** How many persistence contexts of earlier requests are open. */
    @GET
    @Path("contexts")
    public long contexts() {
        return contexts.open();
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        find("");
        gate.pass(null, () -> response.resume("done"));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        find("");
        CompletableFuture<String> response = new CompletableFuture<>();
        gate.pass(null, () -> response.complete("done"));
        return response;
    }

    @GET
    @Path("without-request")
    public String withoutRequest() throws Exception {
        EntityManager proxy = em();
        proxy.find(Purchase.class, id);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                outcome.complete("found " + proxy.find(Purchase.class, id));
                            } catch (ContextNotActiveException e) {
                                outcome.complete("ContextNotActiveException");
                            } catch (RuntimeException e) {
                                outcome.complete(e.toString());
                            }
                        },
                        "without-request")
                .start();
        return outcome.get() + " " + proxy.isOpen();
    }
}
