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
 * What a pool does when its database fails: after a fatal error no session is used that was not proven since; after the
 * database became read-only none that was opened before.
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

    /** When all connections were last replaced, because the database had become a standby. */
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

    /** Told of every error of a driver. */
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
     * The database became a standby: sessions there are well and of no use. Where it is the right one, and
     * read-only for good, replacing helps nobody: hence at most once a second.
     */
    private void replaceAll(SQLException error) {
        long now = System.nanoTime();
        long last = replacedAt.get();
        if (now - last < REPLACE_AGAIN_NANOS || !replacedAt.compareAndSet(last, now)) {
            return;
        }
        sessions.retireAll();
        idle.check();
        Log.log(
                now - last < WARN_AGAIN_NANOS ? Level.DEBUG : Level.WARNING,
                Message.DEMOTED.format(settings.name(), settings.shownUrl(), error.getMessage()));
    }
}
