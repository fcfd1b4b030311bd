package org.cabstand.internal.handle;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.PoolUse;

/**
 * A customizer's use of a connection, before its borrower has it.
 *
 * <p>Thread safety: one thread. Objects that a customizer keeps see the end in {@code over}.
 */
final class CustomizerUse extends PoolUse {

    private final Lease lease;

    /** Written once, before the customizer is called. */
    @SuppressWarnings("NullAway.Init")
    private CustomizedConnection handle;

    /** Written when the customizer has returned. */
    private volatile boolean over;

    CustomizerUse(Lease lease) {
        super(lease.pool());
        this.lease = lease;
    }

    /** Makes the connection for the customizer. */
    CustomizedConnection open() {
        handle = new CustomizedConnection(this);
        return handle;
    }

    /** The customizer has returned: closes what it left open. Objects that it has kept stop working. */
    void close() throws SQLException {
        over = true;
        statements().closeAll();
    }

    @Override
    protected Lease lease() {
        return lease;
    }

    @Override
    public boolean isOver() {
        return over || lease.isOver();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        asking();
        return lease.driverConnection();
    }

    @Override
    public Connection handle() {
        return handle;
    }

    @Override
    public void asking() throws SQLException {
        if (isOver()) {
            throw outlived("Connection of a customizer");
        }
    }

    @Override
    public void executing() throws SQLException {
        asking();
        executingForOther();
    }

    @Override
    public void completed() {
        lease.completed();
    }

    @Override
    public void changed(SessionAttribute attribute) {
        lease.changed(attribute);
    }

    @Override
    public void unwrapped() {
        lease.unwrapped();
    }

    @Override
    public SQLException failed(SQLException error) {
        return isOver() ? error : lease.failed(error); // not the fault of the session
    }
}
