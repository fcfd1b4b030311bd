package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Keeps the only pool's connection, and the request's thread, until the test lets both go. */
@Path("hold/{key}")
@RequestScoped
public class HoldResource {

    @Inject Connection connection;

    @Inject Gate gate;

    @GET
    public String hold(@PathParam("key") String key)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        String pid = Sql.backendPid(connection);
        gate.hold(key);
        return pid;
    }
}
