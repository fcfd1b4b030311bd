package org.cabstand.internal.transaction;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.pool.Lease;

/**
 * A branch of a distributed transaction: the driver's XAResource, guarded.
 *
 * <p>Thread safety: as {@link TransactionBranch}.
 */
final class XaBranch extends TransactionBranch {

    /** A call of the driver's resource. */
    private interface Call<T> {
        T run(XAResource resource) throws XAException;
    }

    /** A call that gives nothing. */
    private interface Action {
        void run(XAResource resource) throws XAException;
    }

    /** Written by the transaction manager's thread that prepares. */
    private volatile boolean prepared;

    XaBranch(ResourceManager manager, GlobalTransaction transaction, Lease lease) {
        super(manager, transaction, lease);
    }

    /** A branch cannot start within a local transaction, and a customizer may have begun one. */
    @Override
    void prepareSession() throws SQLException {
        if (!pool().settings().session().autoCommit()) {
            lease().changed(SessionAttribute.AUTO_COMMIT);
            try {
                lease().driverConnection().setAutoCommit(true);
            } catch (SQLException e) {
                throw lease().failed(e);
            }
        }
    }

    private <T> T call(Call<T> call) throws XAException {
        try {
            return call.run(lease().session().xaResource());
        } catch (XAException e) {
            failure = e;
            // the driver may be stuck in the middle of the branch
            lease().evict(Eviction.TRANSACTION_FAILED);
            if (e.errorCode == XAException.XAER_RMFAIL) {
                pool().suspect();
            }
            if (e.getCause() instanceof SQLException cause) {
                lease().failed(cause);
            }
            throw e;
        } catch (SQLException e) {
            throw xaException(XAException.XAER_RMFAIL, lease().failed(e));
        } catch (RuntimeException | Error e) { // transaction managers expect neither
            lease().evict(Eviction.TRANSACTION_FAILED);
            throw xaException(XAException.XAER_RMFAIL, e);
        }
    }

    private void run(Action action) throws XAException {
        call(
                resource -> {
                    action.run(resource);
                    return true;
                });
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        run(resource -> resource.start(xid, flags));
    }

    /**
     * Leaves failures, such as that of a session that is gone, to the next call, which reports a rollback. Payara
     * would make a system error of them here.
     */
    @Override
    public void end(Xid xid, int flags) {
        if (flags == TMFAIL && isCalledFromElsewhere()) {
            destroy(); // the driver would wait for a statement that runs
            return;
        }
        try {
            run(resource -> resource.end(xid, flags));
        } catch (XAException e) {
            Log.debug(this + ": its part of a JTA transaction could not be ended", e);
        }
    }

    private void checkFit() throws XAException {
        try {
            checkCommittable();
        } catch (XAException e) {
            // not every transaction manager rolls back after this
            lease().evict(Eviction.TRANSACTION_FAILED);
            throw e;
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        checkFit();
        close();
        int vote = call(resource -> resource.prepare(xid));
        prepared = vote == XA_OK;
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            checkFit();
        }
        close();
        try {
            run(resource -> resource.commit(xid, onePhase));
        } catch (XAException e) {
            // a prepared branch stays prepared until it is resolved; one phase is now or never
            throw onePhase ? rolledBack(e) : e;
        }
        lease().completed();
        if (onePhase) { // else other branches wait for their second phase
            ended();
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        if (!prepared && isCalledFromElsewhere()) {
            destroy();
        }
        if (!prepared && (isOver() || lease().isBroken() || isBusy())) {
            close();
            return; // an unprepared branch ends with its session
        }
        close();
        lease().beginReturning();
        try {
            run(resource -> resource.rollback(xid));
        } finally {
            lease().endReturning();
        }
        lease().completed();
        ended();
    }

    private boolean isBusy() throws XAException {
        try {
            return lease().isBusy();
        } catch (SQLException e) {
            throw xaException(XAException.XAER_RMFAIL, lease().failed(e));
        }
    }

    @Override
    public void forget(Xid xid) throws XAException {
        run(resource -> resource.forget(xid));
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return call(resource -> resource.recover(flag));
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return call(XAResource::getTransactionTimeout);
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return call(resource -> resource.setTransactionTimeout(seconds));
    }
}
