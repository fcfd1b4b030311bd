package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The resource of an application without a database. */
@Path("greeting")
@RequestScoped
public class GreetingResource {

    @GET
    public String greeting() {
        return "hello";
    }
}
