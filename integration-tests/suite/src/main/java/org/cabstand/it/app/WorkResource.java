package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Requests of every kind that JAX-RS has; each leaves work that it does not commit. */
@Path("work")
@RequestScoped
public class WorkResource {

    /** Far more than any buffer between the server and a client that reads no more. */
    private static final int ENDLESS = 20_000_000;

    /**
     * What is to be done. Not as fields of the resource: TomEE fills none of those that are beans with a
     * scope.
     */
    public static class Request {

        @QueryParam("via")
        Via via;

        @QueryParam("id")
        String id;

        @QueryParam("gate")
        String gateKey;
    }

    @Inject Work work;

    @Inject Gate gate;

    @GET
    @Path("plain")
    public String plain(@BeanParam Request request) throws SQLException, IOException {
        work.leaveUnfinished(request.via, request.id);
        return "done";
    }

    @GET
    @Path("commit")
    public String commit(@BeanParam Request request) throws SQLException, IOException {
        work.run(
                request.via,
                open -> {
                    open.setAutoCommit(false);
                    Sql.insertWork(open, request.id);
                    open.commit();
                });
        return "done";
    }

    @GET
    @Path("throwing")
    public String throwing(@BeanParam Request request) throws SQLException, IOException {
        work.leaveUnfinished(request.via, request.id);
        throw new IllegalStateException("thrown by the application on purpose");
    }

    @GET
    @Path("streaming")
    public StreamingOutput streaming(@BeanParam Request request) {
        return out -> stream(request, out, 1_000);
    }

    @GET
    @Path("endless")
    public StreamingOutput endless(@BeanParam Request request) {
        return out -> stream(request, out, ENDLESS);
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response, @BeanParam Request request)
            throws SQLException, IOException {
        work.leaveUnfinished(request.via, request.id);
        gate.pass(request.gateKey, () -> response.resume("done"));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage(@BeanParam Request request)
            throws SQLException, IOException {
        work.leaveUnfinished(request.via, request.id);
        CompletableFuture<String> response = new CompletableFuture<>();
        gate.pass(request.gateKey, () -> response.complete("done"));
        return response;
    }

    /** Writes rows while the database still sends them. */
    private void stream(Request request, OutputStream out, int rows) throws IOException {
        try {
            work.run(
                    request.via,
                    open -> {
                        Work.insertUnfinished(open, request.id);
                        writeRows(open, rows, out);
                    });
        } catch (SQLException e) {
            throw new WebApplicationException(e);
        }
    }

    private static void writeRows(Connection connection, int rows, OutputStream out)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            // else the driver wants all rows before it gives the first
            statement.setFetchSize(100);
            try (ResultSet result =
                    statement.executeQuery(
                            "select generate_series(1, " + rows + "), repeat('x', 100)")) {
                while (result.next()) {
                    String line = result.getInt(1) + " " + result.getString(2) + "\n";
                    out.write(line.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }
}
