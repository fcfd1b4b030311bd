package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/** Work in transactions that the EJB container manages. */
@Path("ejb")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class EjbResource {

    @Inject
    @Pool("three")
    Connection db;

    @Inject EjbTransactions transactions;

    private void insert(String id) throws SQLException {
        Sql.insertWork(db, id);
    }

    @GET
    public String work(@QueryParam("id") String id) throws Exception {
        transactions.required(
                () -> {
                    insert(id + "-committed");
                    transactions.requiresNew(() -> insert(id + "-new"));
                });
        transactions.rolledBack(() -> insert(id + "-rolled-back"));
        insert(id + "-after");
        try {
            transactions.required(
                    () -> {
                        insert(id + "-thrown");
                        throw new IllegalStateException("on purpose");
                    });
            return "no error";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
