package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Works in a transaction whose end is observed. */
@Path("ending")
@RequestScoped
public class EndingResource {

    @Inject Event<Ending> endings;

    @Inject Transactions transactions;

    @Inject Work work;

    /** Observed before the transaction uses the pool, and again after that. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String observed(
            @QueryParam("via") Via via,
            @QueryParam("id") String id,
            @QueryParam("fails") boolean fails) {
        Ending early = Ending.of(id + "-early", via);
        Ending late = Ending.of(id + "-late", via);
        String outcome =
                Transactions.Step.outcome(
                        () ->
                                transactions.required(
                                        () -> {
                                            endings.fire(early);
                                            work.run(
                                                    via,
                                                    connection ->
                                                            Sql.insertWork(
                                                                    connection, id + "-own"));
                                            endings.fire(late);
                                            if (fails) {
                                                throw new IllegalStateException("it fails");
                                            }
                                        }));
        return outcome
                + "\nearly"
                + String.join("\nearly", early.answers())
                + "\nlate"
                + String.join("\nlate", late.answers());
    }
}
