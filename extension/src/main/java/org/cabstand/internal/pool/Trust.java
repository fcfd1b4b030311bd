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
 * Which sessions may be used without asking the database, by what was seen of it.
 *
 * <p>After a fatal error no session is trusted that was not proven since; after the database became
 * read-only none that was opened before.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Trust {

    private static final long REPLACE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARN_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final PoolSettings settings;
    private final Database database;
    private final Opener opener;
    private final Runnable checkIdle;
    private final Runnable checkSuspects;

    /** Written by whoever sees a fatal error; connections not proven since then are validated. */
    private volatile long suspectSince = System.nanoTime() - 1;

    /** Written by the housekeeper: idle connections not proven since then are validated. */
    private volatile long validationDue = suspectSince;

    /** When all connections were last replaced, because the database had become a standby. */
    private final AtomicLong replacedAt = new AtomicLong(System.nanoTime() - WARN_AGAIN_NANOS);

    /**
     * Trusts what will be opened.
     *
     * @param checkIdle validates idle connections that need it, one after the other, and closes retired ones;
     *     does not wait
     * @param checkSuspects the same, all at once
     */
    Trust(
            PoolSettings settings,
            Database database,
            Opener opener,
            Runnable checkIdle,
            Runnable checkSuspects) {
        this.settings = settings;
        this.database = database;
        this.opener = opener;
        this.checkIdle = checkIdle;
        this.checkSuspects = checkSuspects;
    }

    /** Told of every error of a driver: after a fatal one no older connection is trusted. */
    void failed(PoolEntry physical, SQLException error) {
        if (physical.isBroken()) {
            return;
        }
        if (database.isFatal(error)) {
            physical.breakUp(Eviction.FATAL_ERROR);
            suspect();
        } else if (database.isReadOnly(error) && !physical.session().isMeantToBeReadOnly()) {
            replaceAll(error);
        }
    }

    void suspect() {
        suspectSince = System.nanoTime();
        checkSuspects.run();
    }

    /**
     * A database has not answered on one session: whether it does on the others is found out at once, and not
     * by one borrower after the other. Those that hear nothing either do not begin it anew.
     */
    void silent() {
        if (System.nanoTime() - suspectSince > CallLimit.VALIDATE.of(settings).toNanos()) {
            suspect();
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
        opener.retireAll();
        checkIdle.run();
        Log.log(
                now - last < WARN_AGAIN_NANOS ? Level.DEBUG : Level.WARNING,
                Message.DEMOTED.format(settings.name(), settings.shownUrl(), error.getMessage()));
    }

    /** All idle connections are due to be asked. */
    void validateIdle() {
        validationDue = System.nanoTime();
        checkIdle.run();
    }

    /** For idle connections: what was proven since need not be asked again. */
    long toBeProvenSince() {
        long suspect = suspectSince;
        long due = validationDue;
        return due - suspect > 0 ? due : suspect;
    }

    /** Sessions that were not proven since then are not trusted. */
    long suspectSince() {
        return suspectSince;
    }

    /** Whether there is a session that is trusted. */
    boolean isProven() {
        return opener.sessions().stream().anyMatch(c -> c.freshness().isProvenSince(suspectSince));
    }
}
