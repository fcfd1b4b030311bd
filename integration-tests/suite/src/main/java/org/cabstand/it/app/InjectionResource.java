package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Says for each way of injection which database it leads to. */
@Path("injection")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class InjectionResource {

    @Inject Connection connection;

    @Inject
    @Pool("audit")
    Connection auditConnection;

    @Inject DataSource dataSource;

    @Inject
    @Pool("audit")
    DataSource auditDataSource;

    @Inject @Any Instance<DataSource> dataSources;

    @Inject @Any Instance<Connection> connections;

    @Inject Colleague colleague;

    @GET
    @Path("connection")
    public String connection() throws SQLException {
        return connection.getMetaData().getDatabaseProductName();
    }

    @GET
    @Path("connection/audit")
    public String auditConnection() throws SQLException {
        return auditConnection.getMetaData().getDatabaseProductName();
    }

    @GET
    @Path("data-source")
    public String dataSource() throws SQLException {
        try (Connection borrowed = dataSource.getConnection()) {
            return borrowed.getMetaData().getDatabaseProductName();
        }
    }

    @GET
    @Path("data-source/audit")
    public String auditDataSource() throws SQLException {
        try (Connection borrowed = auditDataSource.getConnection()) {
            return borrowed.getMetaData().getDatabaseProductName();
        }
    }

    @GET
    @Path("look-up/{pool}")
    public String lookUp(@PathParam("pool") String pool) throws SQLException {
        try (Connection borrowed =
                dataSources.select(Pool.Literal.of(pool)).get().getConnection()) {
            return borrowed.getMetaData().getDatabaseProductName();
        }
    }

    @GET
    @Path("look-up-connection/{pool}")
    public String lookUpConnection(@PathParam("pool") String pool) throws SQLException {
        return connections
                .select(Pool.Literal.of(pool))
                .get()
                .getMetaData()
                .getDatabaseProductName();
    }

    /** One transaction over both beans: its number and its uncommitted row are seen by the other. */
    @GET
    @Path("shared")
    public String shared() throws SQLException {
        connection.setAutoCommit(false);
        Sql.insertWork(connection, "shared");
        return Sql.single(connection, "select txid_current()")
                + " "
                + colleague.transaction()
                + " "
                + colleague.count("shared");
    }

    @GET
    @Path("unused")
    public String unused() throws SQLException {
        return "closed=" + connection.isClosed() + " " + colleague.name();
    }
}
