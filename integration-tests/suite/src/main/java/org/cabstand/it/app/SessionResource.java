package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/** Tells and changes what only SQL can: the state that a database session has beside JDBC's. */
@Path("session")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class SessionResource {

    @Inject
    @Pool("full")
    Connection connection;

    @GET
    public String state() throws SQLException {
        return "role="
                + Sql.single(connection, "select current_user")
                + "\nvariable="
                + Sql.single(connection, "show work_mem")
                + "\ntemporary-tables="
                + Sql.single(
                        connection,
                        "select count(*) from pg_class"
                                + " where relpersistence = 't' and relname = 'basket'")
                + "\nadvisory-locks="
                + Sql.single(
                        connection,
                        "select count(*) from pg_locks"
                                + " where locktype = 'advisory' and pid = pg_backend_pid()")
                + "\npid="
                + Sql.backendPid(connection)
                + "\n";
    }

    @GET
    @Path("changed")
    public String changed() throws SQLException {
        Sql.execute(connection, "create temporary table basket (item text)");
        Sql.execute(connection, "set work_mem = '7MB'");
        Sql.execute(connection, "select pg_advisory_lock(42)");
        Sql.execute(connection, "set role clerk");
        return state();
    }
}
