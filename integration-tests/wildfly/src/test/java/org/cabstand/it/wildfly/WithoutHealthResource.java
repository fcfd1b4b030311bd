package org.cabstand.it.wildfly;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Uses a connection, and says whether the server is the one that the test means. */
@Path("without-health")
@RequestScoped
public class WithoutHealthResource {

    @Inject Connection connection;

    @GET
    @Path("database")
    public String database() throws SQLException {
        return connection.getCatalog();
    }

    @GET
    @Path("api-is-there")
    public String apiIsThere() {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck");
            return "true";
        } catch (ClassNotFoundException e) {
            return "false";
        }
    }
}
