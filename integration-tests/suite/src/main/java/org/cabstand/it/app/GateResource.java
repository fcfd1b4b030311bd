package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Lets the test see who waits, and let it go on. */
@Path("gate/{key}")
@RequestScoped
public class GateResource {

    @Inject Gate gate;

    @GET
    public String holds(@PathParam("key") String key) {
        return Boolean.toString(gate.holds(key));
    }

    @GET
    @Path("open")
    public String open(@PathParam("key") String key) {
        gate.open(key);
        return "open";
    }
}
