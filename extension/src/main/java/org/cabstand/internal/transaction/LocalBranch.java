package org.cabstand.internal.transaction;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.pool.Lease;

/**
 * A local transaction of the database as the only participant of a JTA transaction, which commits it in one phase.
 *
 * <p>Thread safety: as {@link TransactionBranch}.
 */
final class LocalBranch extends TransactionBranch {

    LocalBranch(ResourceManager manager, GlobalTransaction transaction, Lease lease) {
        super(manager, transaction, lease);
    }

    @Override
    void prepareSession() throws SQLException {
        lease().changed(SessionAttribute.AUTO_COMMIT);
        try {
            lease().driverConnection().setAutoCommit(false);
        } catch (SQLException e) {
            throw lease().failed(e);
        }
    }

    @Override
    public void start(Xid xid, int flags) {
        // auto-commit is off: the first statement begins it
    }

    @Override
    public void end(Xid xid, int flags) {
        // commit or rollback follows
    }

    /** Called only when another resource takes part. */
    @Override
    public int prepare(Xid xid) throws XAException {
        rollback(xid);
        manager().prepareRefused();
        throw new XAException(XAException.XA_RBROLLBACK);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!onePhase) {
            throw new XAException(XAException.XAER_PROTO); // it never votes for a second phase
        }
        checkCommittable();
        close();
        try {
            lease().driverConnection().commit();
            lease().completed();
        } catch (SQLException e) {
            throw rolledBack(lease().failed(e));
        } catch (RuntimeException | Error e) { // transaction managers expect neither
            lease().evict(Eviction.TRANSACTION_FAILED);
            throw rolledBack(e);
        } finally {
            ended();
        }
    }

    @Override
    public void rollback(Xid xid) {
        if (isOver()) {
            return; // the session is gone, or has rolled back
        }
        if (isCalledFromElsewhere()) {
            destroy();
            return;
        }
        close();
        try {
            lease().rollBack();
        } catch (SQLException | RuntimeException | Error e) {
            pool().returnFailed(e);
            lease().evict(Eviction.TRANSACTION_FAILED); // the end of the session rolls back
        }
        ended();
    }

    @Override
    public void forget(Xid xid) {
        // there are no heuristic outcomes
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0]; // nothing is ever prepared
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
