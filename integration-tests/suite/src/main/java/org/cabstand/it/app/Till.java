package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/** Work that is committed in every way. */
@ApplicationScoped
public class Till {

    @Inject
    @Pool("till")
    Connection db;

    @Inject Receipts receipts;

    @Transactional
    void pay(String id) throws SQLException {
        Sql.insertWork(db, id);
        receipts.print(id + "-receipt");
    }

    void payByHand(String id) throws SQLException {
        db.setAutoCommit(false);
        Sql.insertWork(db, id);
        db.commit();
    }

    void leaveOpen(String id) throws SQLException {
        db.setAutoCommit(false);
        Sql.insertWork(db, id);
    }

    /** In a transaction of its own. */
    @ApplicationScoped
    public static class Receipts {

        @Inject
        @Pool("till")
        Connection db;

        @Transactional(TxType.REQUIRES_NEW)
        void print(String id) throws SQLException {
            Sql.insertWork(db, id);
        }
    }
}
