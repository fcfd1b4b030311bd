package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A savepoint that knows the use in which it was set. Drivers number or name savepoints per session, so one of another
 * session could match the wrong savepoint.
 *
 * <p>Thread safety: that of the driver's savepoint.
 */
final class OwnedSavepoint implements Savepoint {

    private final ConnectionUse owner;
    private final Savepoint delegate;

    OwnedSavepoint(ConnectionUse owner, Savepoint delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    /**
     * The driver's savepoint.
     *
     * @param savepoint the application's savepoint
     * @param use the use in which it is wanted
     * @throws SQLException when it was set elsewhere
     */
    static Savepoint driver(Savepoint savepoint, ConnectionUse use) throws SQLException {
        if (!(savepoint instanceof OwnedSavepoint owned)) {
            return savepoint;
        }
        SQLException refusal = use.refusal(owned.owner);
        if (refusal != null) {
            throw refusal;
        }
        return owned.delegate;
    }

    @Override
    public int getSavepointId() throws SQLException {
        try {
            return delegate.getSavepointId();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getSavepointName() throws SQLException {
        try {
            return delegate.getSavepointName();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
