package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

    @QueryParam("via")
    Via via;

    @QueryParam("id")
    String id;

    @QueryParam("gate")
    String gateKey;

    @Inject Work work;

    @Inject Gate gate;

    @GET
    @Path("plain")
    public String plain() throws SQLException, IOException {
        work.leaveUnfinished(via, id);
        return "done";
    }

    @GET
    @Path("commit")
    public String commit() throws SQLException, IOException {
        work.run(
                via,
                open -> {
                    open.setAutoCommit(false);
                    Sql.insertWork(open, id);
                    open.commit();
                });
        return "done";
    }

    @GET
    @Path("throwing")
    public String throwing() throws SQLException, IOException {
        work.leaveUnfinished(via, id);
        throw new IllegalStateException("thrown by the application on purpose");
    }

    @GET
    @Path("streaming")
    public StreamingOutput streaming() {
        return out -> stream(out, 1_000);
    }

    @GET
    @Path("endless")
    public StreamingOutput endless() {
        return out -> stream(out, ENDLESS);
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) throws SQLException, IOException {
        work.leaveUnfinished(via, id);
        gate.pass(gateKey, () -> response.resume("done"));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() throws SQLException, IOException {
        work.leaveUnfinished(via, id);
        CompletableFuture<String> response = new CompletableFuture<>();
        gate.pass(gateKey, () -> response.complete("done"));
        return response;
    }

    /** Writes rows while the database still sends them. */
    private void stream(OutputStream out, int rows) throws IOException {
        try {
            work.run(
                    via,
                    open -> {
                        Work.insertUnfinished(open, id);
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
