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

    @QueryParam("id")
    String id;

    @Inject
    @Pool("three")
    Connection db;

    @Inject EjbTransactions transactions;

    private void insert(String suffix) throws SQLException {
        Sql.insertWork(db, id + suffix);
    }

    @GET
    public String work() throws Exception {
        transactions.required(
                () -> {
                    insert("-committed");
                    transactions.requiresNew(() -> insert("-new"));
                });
        transactions.rolledBack(() -> insert("-rolled-back"));
        insert("-after");
        try {
            transactions.required(
                    () -> {
                        insert("-thrown");
                        throw new IllegalStateException("on purpose");
                    });
            return "no error";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
