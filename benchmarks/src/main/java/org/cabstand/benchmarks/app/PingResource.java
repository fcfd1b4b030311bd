package org.cabstand.benchmarks.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The only resource of an application whose deployment is measured. */
@Path("ping")
public class PingResource {

    @GET
    public String ping() {
        return "pong";
    }
}
