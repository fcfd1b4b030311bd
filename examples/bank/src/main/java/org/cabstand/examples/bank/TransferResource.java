package org.cabstand.examples.bank;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;

/** Transfers over HTTP. */
@Path("transfers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {

    @Inject Teller teller;
    @Inject Journal journal;
    @Inject Mishaps mishaps;

    /**
     * Answers 200 if the transfer is booked. 409 (refused) and 500 (failed) mean that nothing has
     * changed. 503 means that the outcome is still unknown.
     */
    @POST
    public Response transfer(
            @FormParam("id") @NotNull @Size(min = 1, max = 60) String id,
            @FormParam("from") int from,
            @FormParam("to") int to,
            @FormParam("cents") @Positive long cents,
            @FormParam("mishap") @DefaultValue("NONE") Mishap mishap)
            throws SQLException, SystemException {
        mishaps.plan(mishap);
        Transfer transfer = new Transfer(id, from, to, cents);
        Entry entry = teller.transfer(transfer);
        boolean idIsTaken = !entry.transfer().equals(transfer);
        return Response.status(idIsTaken ? Status.CONFLICT : status(entry.state()))
                .entity(entry)
                .build();
    }

    private static Status status(Entry.State state) {
        return switch (state) {
            case BOOKED -> Status.OK;
            case REFUSED -> Status.CONFLICT;
            case FAILED -> Status.INTERNAL_SERVER_ERROR;
            case ATTEMPTED -> Status.SERVICE_UNAVAILABLE;
        };
    }

    @GET
    @Path("{id}")
    public Entry find(@PathParam("id") String id) throws SQLException {
        return journal.find(id).orElseThrow(NotFoundException::new);
    }
}
