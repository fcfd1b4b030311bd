package org.cabstand.it.app;

import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Something that takes part in a transaction beside a pool, as JMS does. */
public final class ForeignResource implements XAResource {

    private final AtomicReference<String> outcome = new AtomicReference<>("none");

    String outcome() {
        return outcome.get();
    }

    @Override
    public void start(Xid xid, int flags) {
        // nothing to begin
    }

    @Override
    public void end(Xid xid, int flags) {
        // the outcome follows
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        outcome.set("committed");
    }

    @Override
    public void rollback(Xid xid) {
        outcome.set("rolled back");
    }

    @Override
    public void forget(Xid xid) {
        // nothing is kept
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
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
