package org.cabstand.it.app;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.cabstand.Pool;

/** Keeps a request's connection and statement in one request and uses them in another. */
@Path("kept")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class KeptResource {

    /** An attempt to use something that was kept. */
    private interface Attempt {
        Object make() throws SQLException;
    }

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject KeptHandles kept;

    @GET
    @Path("keep")
    public String keep() throws SQLException {
        Statement statement = connection.createStatement();
        kept.keep(connection, statement, statement.getConnection());
        return "kept";
    }

    @GET
    @Path("proxy")
    public String proxy() throws InterruptedException, ExecutionException {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread withoutRequest =
                new Thread(
                        () -> outcome.complete(outcome(() -> kept.proxy().createStatement())),
                        "without-request");
        withoutRequest.start();
        return outcome.get();
    }

    @GET
    @Path("statement")
    public String statement() {
        return outcome(() -> kept.statement().executeQuery("select 1"));
    }

    @GET
    @Path("handle")
    public String handle() {
        return outcome(() -> kept.handle().createStatement());
    }

    @GET
    @Path("handle-closed")
    public String handleClosed() {
        return outcome(() -> kept.handle().isClosed());
    }

    private static String outcome(Attempt attempt) {
        try {
            return "worked: " + attempt.make();
        } catch (SQLException e) {
            return "SQLException: " + e.getMessage();
        } catch (ContextNotActiveException e) {
            return "ContextNotActiveException: " + e.getMessage();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
