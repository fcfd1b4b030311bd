package org.cabstand.it.app;

import static org.cabstand.it.app.Transactions.Step.outcome;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** JPA and JDBC over one pool: each scenario tells what it saw. */
@Path("purchase/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class PurchaseResource {

    /** What an application needs for it, itself too. */
    public static final List<Class<?>> CLASSES =
            List.of(
                    PurchaseResource.class,
                    PurchaseWork.class,
                    PurchaseTransactions.class,
                    PurchaseContexts.class,
                    PurchaseFarewell.class,
                    PurchaseJournal.class,
                    PurchaseListener.class,
                    PurchaseLine.class,
                    Purchase.class,
                    Transactions.class,
                    Transactions.Step.class,
                    SuspendingTransactions.class,
                    Gate.class);

    /** Far more than the buffers between the server and a client that stops reading can hold. */
    private static final int ENDLESS = 20_000_000;

    private String pool;

    private String id;

    @Inject HttpServletRequest request;

    @Inject @Any Instance<EntityManager> entityManagers;

    @Inject @Any Instance<Connection> connections;

    @Inject Transactions transactions;

    @Inject SuspendingTransactions suspending;

    @Inject UserTransaction user;

    @Inject PurchaseJournal journal;

    @Inject PurchaseFarewell farewell;

    @Inject PurchaseContexts contexts;

    @Inject Gate gate;

    @Inject PurchaseTransactions scenarios;

    /** Not by JAX-RS, as TomEE fills no fields of beans that have a scope. */
    @PostConstruct
    void readRequest() {
        pool = request.getRequestURI().replaceFirst(".*/purchase/", "").replaceFirst("/.*", "");
        id = request.getParameter("id");
    }

    private PurchaseWork work() {
        return new PurchaseWork(pool, id, entityManagers, connections, contexts);
    }

    private EntityManager em() {
        return work().em();
    }

    private Connection db() {
        return work().db();
    }

    private Purchase find(String suffix) {
        return work().find(suffix);
    }

    private void persist(String suffix) {
        work().persist(suffix);
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
                    seen.append(work().sessionOfEm().equals(Sql.session(db()))).append(' ');
                    find("").pay();
                });
        seen.append(find("").state()).append(' ').append(find("").lineCount()).append(' ');
        seen.append(before.equals(work().sessionOfEm())).append(' ');
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
        return scenarios.rolledBack(work());
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
        return scenarios.requiresNew(work());
    }

    @GET
    @Path("rollback-only")
    public String rollbackOnly() throws Exception {
        return scenarios.rollbackOnly(work());
    }

    @GET
    @Path("commit-fails")
    public String commitFails() throws Exception {
        return scenarios.commitFails(work());
    }

    @GET
    @Path("swallowed")
    public String swallowed() throws Exception {
        return scenarios.swallowed(work());
    }

    @GET
    @Path("lost")
    public String lost() throws Exception {
        return scenarios.lost(work());
    }

    @GET
    @Path("timed-out")
    public String timedOut() throws Exception {
        return scenarios.timedOut(work());
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

    @GET
    @Path("abandoned")
    public String abandoned() throws Exception {
        return scenarios.abandoned(work());
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
