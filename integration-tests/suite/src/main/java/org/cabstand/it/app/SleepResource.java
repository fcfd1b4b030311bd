package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.Connection;
import java.sql.SQLException;

/** Works in the database for some time, and then uses it once more. */
@Path("sleep/{seconds}")
@RequestScoped
public class SleepResource {

    @Inject Connection connection;

    @GET
    public String sleep(@PathParam("seconds") int seconds) throws SQLException {
        Sql.single(connection, "select pg_sleep(" + seconds + ")::text");
        return Sql.single(connection, "select 'slept'");
    }
}
