package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Eviction;

/**
 * Reacts to failures of the database. After a fatal error no session is used without a validation; after the database
 * has become read-only, all sessions are replaced.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Recovery {

    private static final long REPLACE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARN_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final PoolSettings settings;
    private final Database database;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Validator validator;

    /** The moment when all connections were last replaced because the database had become a standby. */
    private final AtomicLong replacedAt = new AtomicLong(System.nanoTime() - WARN_AGAIN_NANOS);

    Recovery(
            PoolSettings settings,
            Database database,
            SessionRegistry sessions,
            IdleConnections idle,
            Validator validator) {
        this.settings = settings;
        this.database = database;
        this.sessions = sessions;
        this.idle = idle;
        this.validator = validator;
    }

    /** Called with every error of a driver. */
    void failed(PoolEntry connection, SQLException error) {
        if (connection.isBroken()) {
            return;
        }
        if (database.errors().isFatal(error)) {
            connection.markBroken(Eviction.FATAL_ERROR);
            validator.suspectAll();
        } else if (database.errors().isReadOnly(error)
                && !connection.session().isMeantToBeReadOnly()) {
            replaceAll(error);
        }
    }

    /**
     * Replaces all sessions, because the database has become a standby, where they work but are useless. If it is the
     * right database and read-only for good, replacing does not help, so this is done once a second at most.
     */
    private void replaceAll(SQLException error) {
        long now = System.nanoTime();
        long last = replacedAt.get();
        if (now - last < REPLACE_AGAIN_NANOS || !replacedAt.compareAndSet(last, now)) {
            return;
        }
        sessions.retireAll(Eviction.DEMOTED);
        idle.check();
        Log.log(
                now - last < WARN_AGAIN_NANOS ? Level.DEBUG : Level.WARNING,
                Message.DEMOTED.format(settings.name(), settings.shownUrl(), error.getMessage()));
    }
}
