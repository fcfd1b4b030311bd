package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The XA side of a {@link TestConnection}. In a test a branch is a savepoint like any transaction; otherwise it is the
 * driver's.
 *
 * <p>Thread safety: that of a connection.
 */
final class TestXaConnection implements XAConnection, XAResource {

    private final TestConnection connection;

    TestXaConnection(TestConnection connection) {
        this.connection = connection;
    }

    private XAResource driver() throws XAException {
        try {
            return connection.opened().xa().getXAResource();
        } catch (SQLException e) {
            throw failed(XAException.XAER_RMFAIL, e);
        }
    }

    private static XAException failed(int code, Exception cause) {
        XAException error = new XAException(code);
        error.initCause(cause);
        return error;
    }

    @Override
    public XAResource getXAResource() {
        return this;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (connection.isShared()) {
            connection.inBranch(true);
        } else {
            driver().start(xid, flags);
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        if (!connection.isShared()) {
            driver().end(xid, flags);
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        if (!connection.isShared()) {
            return driver().prepare(xid);
        }
        if (connection.work != null && connection.work.failed) {
            rollback(xid);
            throw new XAException(XAException.XA_RBROLLBACK);
        }
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!connection.isShared()) {
            driver().commit(xid, onePhase);
            return;
        }
        try {
            connection.commitBranch();
        } catch (SQLException e) {
            throw failed(onePhase ? XAException.XA_RBROLLBACK : XAException.XA_HEURRB, e);
        } finally {
            connection.inBranch(false);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        if (!connection.isShared()) {
            driver().rollback(xid);
            return;
        }
        try {
            connection.rollbackBranch();
        } catch (SQLException e) {
            throw failed(XAException.XAER_RMERR, e);
        } finally {
            connection.inBranch(false);
        }
    }

    @Override
    public void forget(Xid xid) throws XAException {
        if (!connection.isShared()) {
            driver().forget(xid);
        }
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return driver().recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return driver().getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return driver().setTransactionTimeout(seconds);
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        connection.opened().xa().addConnectionEventListener(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        connection.opened().xa().removeConnectionEventListener(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        connection.opened().xa().addStatementEventListener(listener);
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        connection.opened().xa().removeStatementEventListener(listener);
    }
}
