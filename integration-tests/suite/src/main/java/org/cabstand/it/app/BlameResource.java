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
    @Path("log")
    public String log() {
        return String.join("\n", blame.log());
    }
}
