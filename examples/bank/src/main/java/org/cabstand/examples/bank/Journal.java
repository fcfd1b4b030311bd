package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cabstand.Pool;

/** Records the outcome of each transfer, even if it was rolled back. */
@ApplicationScoped
public class Journal {

    @Inject
    @Pool("bank")
    Connection db;

    /**
     * Counts a try in a transaction of its own, so the count survives a rollback of the transfer.
     *
     * <p>Call it before the transfer's transaction uses the pool, while that has no connection yet,
     * so that the request needs no second one. If each request needed two, the pool could be full
     * of requests that hold one and wait for another.
     */
    @Transactional(value = TxType.REQUIRES_NEW, rollbackOn = Exception.class)
    void attempt(Transfer transfer) throws SQLException {
        try (PreparedStatement insert =
                db.prepareStatement(
                        """
                        insert into journal (id, payer, payee, cents, state, tries)
                        values (?, ?, ?, ?, 'ATTEMPTED', 1)
                        on conflict (id) do update set tries = journal.tries + 1
                        where journal.state = 'ATTEMPTED'
                        """)) {
            set(insert, transfer);
            insert.executeUpdate();
        }
    }

    /**
     * Marks the transfer as booked, in the transfer's transaction, so it is marked if and only if
     * the accounts have changed. If the same transfer is requested twice at once, the second
     * request waits here for the first.
     *
     * @return false if it already had an outcome
     */
    boolean book(Transfer transfer) throws SQLException {
        try (PreparedStatement update =
                db.prepareStatement(
                        """
                        update journal set state = 'BOOKED'
                        where id = ? and payer = ? and payee = ? and cents = ?
                        and state = 'ATTEMPTED'
                        """)) {
            set(update, transfer);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Marks the transfer as not booked, for good, unless it already has an outcome. It is one
     * statement, so it needs no transaction.
     */
    void giveUp(Transfer transfer, Entry.State state, String reason) throws SQLException {
        try (PreparedStatement upsert =
                db.prepareStatement(
                        """
                        insert into journal (id, payer, payee, cents, state, tries, reason)
                        values (?, ?, ?, ?, ?, 1, ?)
                        on conflict (id) do update
                        set state = excluded.state, reason = excluded.reason
                        where journal.state = 'ATTEMPTED'
                        and (journal.payer, journal.payee, journal.cents)
                            = (excluded.payer, excluded.payee, excluded.cents)
                        """)) {
            set(upsert, transfer);
            upsert.setString(5, state.name());
            upsert.setString(6, reason);
            upsert.executeUpdate();
        }
    }

    Optional<Entry> find(String id) throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select * from journal where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(entry(row)) : Optional.empty();
            }
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new Transfer(
                        row.getString("id"),
                        row.getInt("payer"),
                        row.getInt("payee"),
                        row.getLong("cents")),
                Entry.State.valueOf(row.getString("state")),
                row.getInt("tries"),
                row.getString("reason"));
    }

    private static void set(PreparedStatement statement, Transfer transfer) throws SQLException {
        statement.setString(1, transfer.id());
        statement.setInt(2, transfer.from());
        statement.setInt(3, transfer.to());
        statement.setLong(4, transfer.cents());
    }
}
