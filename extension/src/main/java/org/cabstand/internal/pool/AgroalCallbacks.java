package org.cabstand.internal.pool;

import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.cabstand.internal.Log;

/**
 * What Agroal calls: with raw connections, which are ours.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class AgroalCallbacks implements AgroalDataSourceListener, ConnectionValidator {

    private final String pool;
    private final Line line;
    private final LongSupplier provenSince;
    private final Validator validator;

    /**
     * The callbacks of a pool.
     *
     * @param line those who wait for idle connections
     * @param provenSince a connection that was proven since then need not be asked
     * @param validator asks the others
     */
    AgroalCallbacks(String pool, Line line, LongSupplier provenSince, Validator validator) {
        this.pool = pool;
        this.line = line;
        this.provenSince = provenSince;
        this.validator = validator;
    }

    /** Called before Agroal would open a connection, or wait for one, on a borrower's thread. */
    @Override
    public void beforePoolBlock(long timeout) {
        throw NothingIdle.SIGNAL;
    }

    @Override
    public void onConnectionPooled(Connection connection) {
        ((PhysicalConnection) connection).pooled();
    }

    /** Called for a connection that was just added, and for idle ones in the background. */
    @Override
    public boolean isValid(Connection connection) {
        try {
            PhysicalConnection idle = connection.unwrap(PhysicalConnection.class);
            return !idle.isDone()
                    && (idle.isProvenSince(provenSince.getAsLong()) || validator.isValid(idle));
        } catch (SQLException e) {
            Log.debug("pool '" + pool + "': validation failed", e);
            return false;
        }
    }

    /** It was away while it was checked in the background. */
    @Override
    public void onConnectionValid(Connection connection) {
        line.signalOne();
    }

    @Override
    public void onWarning(String message) {
        Log.debug("pool '" + pool + "': " + message);
    }

    @Override
    public void onWarning(Throwable cause) {
        if (cause != EvictionSignal.SIGNAL) {
            Log.debug("pool '" + pool + "': " + cause.getMessage(), cause);
        }
    }
}
