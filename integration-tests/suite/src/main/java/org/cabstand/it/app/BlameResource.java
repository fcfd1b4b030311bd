package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Does what is to be blamed, with pools of one connection. */
@Path("blame")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class BlameResource {

    @Inject
    @Pool("traced")
    DataSource traced;

    @Inject
    @Pool("untraced")
    DataSource untraced;

    @Inject
    @Pool("waited")
    DataSource waited;

    @Inject
    @Pool("twice")
    DataSource twice;

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject Blame blame;

    @Inject Gate gate;

    @GET
    @Path("forget/traced")
    public String forgetTraced() throws SQLException {
        blame.forget(traced.getConnection());
        return "forgotten";
    }

    @GET
    @Path("forget/untraced")
    public String forgetUntraced() throws SQLException {
        blame.forget(untraced.getConnection());
        return "forgotten";
    }

    @GET
    @Path("hold")
    public String hold()
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Connection held = traced.getConnection()) {
            String pid = Sql.backendPid(held);
            gate.hold("blame");
            return pid;
        }
    }

    @GET
    @Path("hold/waited")
    public String holdWaited()
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Connection held = waited.getConnection()) {
            String pid = Sql.backendPid(held);
            gate.hold("waited");
            return pid;
        }
    }

    /** Borrows on another thread, while this one may be idle. */
    @GET
    @Path("borrow/traced")
    public String borrowTraced() {
        blame.borrow(traced);
        return "begun";
    }

    @GET
    @Path("borrow/untraced")
    public String borrowUntraced() {
        blame.borrow(untraced);
        return "begun";
    }

    @GET
    @Path("borrow/waited")
    public String borrowWaited() {
        blame.borrow(waited);
        return "begun";
    }

    /** The error of the last borrower; gives back the forgotten connection. */
    @GET
    @Path("told")
    public String told() throws SQLException {
        return blame.told();
    }

    @GET
    @Path("unfinished")
    public String unfinished() throws SQLException {
        connection.setAutoCommit(false);
        Sql.insertWork(connection, "unfinished");
        return "done";
    }

    @GET
    @Path("slow")
    public String slow() throws SQLException {
        return Sql.single(connection, "select 'hunter2' from pg_sleep(0.3)");
    }

    /** What the second one is told. */
    @GET
    @Path("second")
    public String second() throws SQLException {
        try (Connection first = twice.getConnection()) {
            String pid = Sql.backendPid(first);
            try (Connection second = twice.getConnection()) {
                return pid + " and " + Sql.backendPid(second);
            } catch (SQLException e) {
                return e.getMessage();
            }
        }
    }

    @GET
    @Path("log")
    public String log() {
        return String.join("\n", blame.log());
    }
}
