package org.cabstand.examples.bank;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.Pool;

/** The auditor. One statement sees one moment, so the books balance even under load. */
@Path("books")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BooksResource {

    @Inject
    @Pool("bank")
    Connection db;

    @GET
    public Books books() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select a.id, a.opening, a.balance,
                                    a.opening + coalesce(sum(j.cents), 0) as by_journal
                                from accounts a left join (
                                    select payee as account, cents from journal
                                    where state = 'BOOKED'
                                    union all
                                    select payer, -cents from journal
                                    where state = 'BOOKED') j on j.account = a.id
                                group by a.id order by a.id
                                """)) {
            List<Books.Account> accounts = new ArrayList<>();
            while (rows.next()) {
                accounts.add(
                        new Books.Account(
                                rows.getInt("id"),
                                rows.getLong("opening"),
                                rows.getLong("balance"),
                                rows.getLong("by_journal")));
            }
            return Books.of(accounts);
        }
    }
}
