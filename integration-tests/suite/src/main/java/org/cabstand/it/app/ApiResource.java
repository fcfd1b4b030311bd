package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Tells which APIs the application sees. */
@Path("api-of-server/{type}")
@RequestScoped
public class ApiResource {

    @GET
    public String isPresent(@PathParam("type") String type) {
        try {
            Class.forName(type, false, Thread.currentThread().getContextClassLoader());
            return "true";
        } catch (ClassNotFoundException e) {
            return "false";
        }
    }
}
