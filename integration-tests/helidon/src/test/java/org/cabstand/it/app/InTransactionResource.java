package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Work in JTA transactions, without servlets. */
@Path("in-transaction")
@RequestScoped
public class InTransactionResource {

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject
    @Pool("orders")
    DataSource dataSource;

    @Inject Transactions transactions;

    /** Inserts a row by each way to a connection. */
    @GET
    @Path("committed")
    public String committed(@QueryParam("id") String id) throws Exception {
        transactions.required(() -> insert(id));
        return "done";
    }

    /** Inserts the same rows, and fails. */
    @GET
    @Path("thrown")
    public String thrown(@QueryParam("id") String id) {
        return Transactions.Step.outcome(
                () ->
                        transactions.required(
                                () -> {
                                    insert(id);
                                    throw new IllegalStateException("on purpose");
                                }));
    }

    private void insert(String id) throws SQLException {
        Sql.insertWork(connection, id + "-connection");
        try (Connection borrowed = dataSource.getConnection()) {
            Sql.insertWork(borrowed, id + "-data-source");
        }
    }
}
