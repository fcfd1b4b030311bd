package org.cabstand;

import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Something that takes part in a transaction beside a pool, as JMS does. */
final class ForeignResource implements XAResource {

    final List<String> calls = new ArrayList<>();

    @Override
    public void start(Xid xid, int flags) {
        calls.add("start");
    }

    @Override
    public void end(Xid xid, int flags) {
        calls.add("end");
    }

    @Override
    public int prepare(Xid xid) {
        calls.add("prepare");
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        calls.add("commit");
    }

    @Override
    public void rollback(Xid xid) {
        calls.add("rollback");
    }

    @Override
    public void forget(Xid xid) {
        calls.add("forget");
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
