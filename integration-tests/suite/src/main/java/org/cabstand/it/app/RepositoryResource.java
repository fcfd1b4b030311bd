package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;

/** A repository and SQL over one pool: each scenario tells what it saw. */
@Path("repository")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class RepositoryResource {

    @Inject PurchaseRepository repository;

    @Inject Connection db;

    @Inject Transactions transactions;

    private boolean isThere(String id) {
        return repository.find(id).isPresent();
    }

    private void add(String id) {
        repository.add(new Purchase(id, 0));
    }

    @GET
    @Path("added")
    public String added(@QueryParam("id") String id) throws Exception {
        StringBuilder seen = new StringBuilder();
        seen.append(isThere(id)).append(' ');
        transactions.required(
                () -> {
                    add(id);
                    seen.append(
                                    Sql.single(
                                            db,
                                            "select count(*) from purchase where id = '"
                                                    + id
                                                    + "'"))
                            .append(' ');
                });
        return seen.append(isThere(id)).append(' ').append(repository.count("new") > 0).toString();
    }

    @GET
    @Path("rolled-back")
    public String rolledBack(@QueryParam("id") String id) throws Exception {
        try {
            transactions.required(
                    () -> {
                        add(id);
                        throw new IllegalStateException("on purpose");
                    });
        } catch (IllegalStateException e) {
            return e.getMessage() + " " + isThere(id);
        }
        return "committed";
    }

    @GET
    @Path("outside")
    public String outside(@QueryParam("id") String id) {
        try {
            add(id);
        } catch (RuntimeException e) { // the generated class makes a DataException of it
            return e.getMessage().substring(0, 7) + " " + isThere(id);
        }
        return "inserted";
    }
}
