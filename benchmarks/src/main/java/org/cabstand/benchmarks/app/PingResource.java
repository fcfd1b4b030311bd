package org.cabstand.benchmarks.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** All that an application does whose deployment is measured. */
@Path("ping")
public class PingResource {

    @GET
    public String ping() {
        return "pong";
    }
}
