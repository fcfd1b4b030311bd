package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.cabstand.internal.database.PartOfSession;
import org.cabstand.internal.database.SqlTransaction.State;

/**
 * The transactions of a connection: its session's own, or in a test the savepoints of the session that all connections
 * share. Schema and catalog are the connection's in both.
 *
 * <p>Thread safety: one holder at a time.
 */
abstract class SavepointConnection extends WatchedConnection implements PartOfSession {

    /** The purpose of calls. */
    enum Mode {
        /** The application's or the pool's, outside tests. */
        OWN,
        /** The application's, in a test. */
        SHARED,
        /** The pool's own, between uses in a test. */
        BETWEEN,
        /** The application's, after the end of its test. */
        OVER
    }

    private final Connection own;
    private boolean autoCommit = true;

    /** Guarded by the session's lock. */
    OpenWork work;

    /** Null until this use chooses one. Guarded by the session's lock. */
    String schema;

    /** As {@link #schema}. */
    String catalog;

    /**
     * A connection without a transaction.
     *
     * @param own its own session
     */
    SavepointConnection(Connection own) throws SQLException {
        this.own = own;
        this.autoCommit = own.getAutoCommit();
    }

    /** The purpose of a call now. */
    abstract Mode mode();

    /** The shared session. Called in a test. */
    abstract SharedSession session() throws SQLException;

    /** The error of a use after the end of its test. */
    abstract SQLException over();

    @Override
    final boolean isOwn() {
        return mode() == Mode.OWN;
    }

    @Override
    final Connection own() {
        return own;
    }

    @Override
    public Connection driver() {
        return own;
    }

    final void forgetChoices() {
        forget();
        schema = null;
        catalog = null;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    @Override
    public State transaction() {
        if (isOwn()) {
            return null;
        }
        OpenWork current = work;
        return current == null ? State.NONE : current.failed ? State.FAILED : State.OPEN;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return isOwn() ? own.getAutoCommit() : autoCommit;
    }

    @Override
    public void setAutoCommit(boolean wanted) throws SQLException {
        if (isOwn()) {
            own.setAutoCommit(wanted);
        } else if (wanted && !autoCommit && mode() == Mode.SHARED) {
            session().commit(this);
        }
        autoCommit = wanted;
    }

    /** Notes that a branch of a distributed transaction begins or ends, which commits nothing. */
    void inBranch(boolean within) {
        autoCommit = !within;
    }

    @Override
    public void commit() throws SQLException {
        switch (mode()) {
            case OWN -> own.commit();
            case SHARED -> {
                refuseInAutoCommit();
                session().commit(this);
            }
            case BETWEEN -> {
                // not the application's work
            }
            case OVER -> throw over();
        }
    }

    @Override
    public void rollback() throws SQLException {
        if (isOwn()) {
            own.rollback();
        } else if (mode() == Mode.SHARED) {
            refuseInAutoCommit();
            session().rollback(this);
        }
    }

    private void refuseInAutoCommit() throws SQLException {
        if (autoCommit) {
            throw new SQLException("not possible in auto-commit mode", "25000");
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        if (isOwn()) {
            return own.setSavepoint();
        }
        refuseInAutoCommit();
        Connection real = delegate();
        return session().setSavepoint(this, real::setSavepoint);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        if (isOwn()) {
            return own.setSavepoint(name);
        }
        refuseInAutoCommit();
        Connection real = delegate();
        return session().setSavepoint(this, () -> real.setSavepoint(name));
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        if (isOwn()) {
            own.rollback(savepoint);
        } else {
            session().rollback(this, savepoint);
        }
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        if (isOwn()) {
            own.releaseSavepoint(savepoint);
        } else {
            session().releaseSavepoint(this, savepoint);
        }
    }

    @Override
    public void setSchema(String wanted) throws SQLException {
        if (isOwn()) {
            own.setSchema(wanted);
        } else if (mode() == Mode.SHARED) {
            session()
                    .choose(
                            this,
                            () -> {
                                schema = wanted;
                                return null;
                            });
        }
    }

    @Override
    public String getSchema() throws SQLException {
        return schema == null ? own.getSchema() : schema;
    }

    @Override
    public void setCatalog(String wanted) throws SQLException {
        if (isOwn()) {
            own.setCatalog(wanted);
        } else if (mode() == Mode.SHARED) {
            session()
                    .choose(
                            this,
                            () -> {
                                catalog = wanted;
                                return null;
                            });
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        return catalog == null ? own.getCatalog() : catalog;
    }

    void commitBranch() throws SQLException {
        session().commit(this);
    }

    void rollbackBranch() throws SQLException {
        session().rollback(this);
    }
}
