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

/** Says which databases this application is connected to, and whose driver it uses. */
@Path("twin")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TwinResource {

    @Inject
    @Pool("orders")
    Connection orders;

    @Inject
    @Pool("audit")
    Connection audit;

    /** A second pool that nobody has used so far when the other application goes. */
    @Inject
    @Pool("late")
    Connection late;

    @GET
    @Path("orders")
    public String orders() throws SQLException {
        return Sql.single(orders, "select current_database()");
    }

    @GET
    @Path("late")
    public String late() throws SQLException {
        return Sql.single(late, "select current_database()");
    }

    @GET
    @Path("audit")
    public String audit() throws SQLException {
        return audit.getMetaData().getURL();
    }

    @GET
    @Path("own-driver")
    public String ownDriver() throws SQLException {
        ClassLoader own = TwinResource.class.getClassLoader();
        return Boolean.toString(
                orders.unwrap(org.postgresql.PGConnection.class).getClass().getClassLoader() == own
                        && audit.unwrap(org.h2.jdbc.JdbcConnection.class)
                                        .getClass()
                                        .getClassLoader()
                                == own);
    }
}
