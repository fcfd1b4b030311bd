package org.cabstand.examples.bank;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.cabstand.Pool;

/**
 * Makes a transfer fail half-way, to show what happens then.
 *
 * <p>Not part of the bank: leave it out if you copy this application.
 */
@RequestScoped
public class Mishaps {

    /** Payara checks only every ten seconds for transactions that have taken too long. */
    private static final int SERVERS_LOOK_SECONDS = 11;

    @Inject
    @Pool("bank")
    Connection db;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    private Mishap planned = Mishap.NONE;

    void plan(Mishap mishap) {
        planned = mishap;
    }

    void happen() throws SQLException {
        switch (planned) {
            case NONE -> {}
            case EXCEPTION -> throw new IllegalStateException("a bug between the two accounts");
            case ROLLBACK_ONLY -> transaction.setRollbackOnly();
            case SLOW -> sleep(Teller.TIME_LIMIT_SECONDS + SERVERS_LOOK_SECONDS);
        }
    }

    private void sleep(int seconds) throws SQLException {
        try (PreparedStatement sleep = db.prepareStatement("select pg_sleep(?)")) {
            sleep.setInt(1, seconds);
            sleep.execute();
        }
    }
}
