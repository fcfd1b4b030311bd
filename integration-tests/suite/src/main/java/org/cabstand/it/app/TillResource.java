package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cabstand.Pool;

/** A till that tests want to leave as it was. */
@Path("till")
@RequestScoped
public class TillResource {

    @Inject Till till;

    @Inject
    @Pool("till")
    Connection db;

    @GET
    @Path("pay")
    public String pay(@QueryParam("id") String id) throws SQLException {
        till.pay(id);
        return count();
    }

    @GET
    @Path("by-hand")
    public String payByHand(@QueryParam("id") String id) throws SQLException {
        till.payByHand(id);
        return count();
    }

    @GET
    @Path("open")
    public String leaveOpen(@QueryParam("id") String id) throws SQLException {
        till.leaveOpen(id);
        return "open";
    }

    @GET
    @Path("commit")
    public String commitBySql() throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute("commit");
        }
        return "committed";
    }

    @GET
    @Path("count")
    public String count() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from work")) {
            rows.next();
            return String.valueOf(rows.getInt(1));
        }
    }
}
