package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.Pool;

/**
 * The accounts' balances. It knows nothing about transactions: the connection takes part in the
 * current one.
 */
@ApplicationScoped
public class Accounts {

    @Inject
    @Pool("bank")
    Connection db;

    /**
     * Locks two accounts, always the lower number first, so that transfers in opposite directions
     * queue up instead of waiting for each other.
     *
     * @return the balances by number, of the accounts that exist
     */
    Map<Integer, Long> lock(int one, int other) throws SQLException {
        try (PreparedStatement select =
                db.prepareStatement(
                        "select id, balance from accounts where id in (?, ?)"
                                + " order by id for update")) {
            select.setInt(1, one);
            select.setInt(2, other);
            try (ResultSet rows = select.executeQuery()) {
                Map<Integer, Long> balances = new HashMap<>();
                while (rows.next()) {
                    balances.put(rows.getInt("id"), rows.getLong("balance"));
                }
                return balances;
            }
        }
    }

    void add(int account, long cents) throws SQLException {
        try (PreparedStatement update =
                db.prepareStatement("update accounts set balance = balance + ? where id = ?")) {
            update.setLong(1, cents);
            update.setInt(2, account);
            update.executeUpdate();
        }
    }
}
