package org.cabstand.internal.jpa;

import java.lang.System.Logger.Level;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.transaction.GlobalTransaction;

/**
 * The session of one JTA transaction, from its first use in it to the transaction's end.
 *
 * <p>The thread that ends the transaction closes it. But when a transaction manager ends a timed-out transaction on
 * another thread, the transaction's own thread may be in the middle of a call; then the end of the request closes it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class TransactionSession implements GlobalTransaction.Attachment {

    private final String pool;
    private final AutoCloseable session;
    private final Thread thread = Thread.currentThread();

    /** Guarded by this. */
    private boolean isOver;

    /** Its request has ended. Guarded by this. */
    private boolean isAbandoned;

    /** Guarded by this. */
    private boolean isClosed;

    TransactionSession(String pool, AutoCloseable session) {
        this.pool = pool;
        this.session = session;
    }

    AutoCloseable session() {
        return session;
    }

    /** Called when the transaction has ended. */
    @Override
    public void ended() {
        synchronized (this) {
            isOver = true;
            if (thread != Thread.currentThread() && !isAbandoned || isClosed) {
                return;
            }
            isClosed = true;
        }
        close(session, pool);
    }

    /** Called when the request has ended; the transaction may outlive it. */
    void abandoned() {
        synchronized (this) {
            isAbandoned = true;
            if (!isOver || isClosed) {
                return;
            }
            isClosed = true;
        }
        close(session, pool);
    }

    /**
     * Closes a session. A failure is logged, because the request could do nothing about it. If another thread has rolled
     * the transaction back, Hibernate throws at the first call, whichever that is, and closes at the second.
     */
    static void close(AutoCloseable session, String pool) {
        try {
            session.close();
        } catch (Exception | LinkageError e) {
            try {
                session.close();
                Log.debug("pool '" + pool + "': closed at the second attempt", e);
            } catch (Exception | LinkageError again) {
                e.addSuppressed(again);
                Log.log(Level.WARNING, Message.SESSION_NOT_CLOSED.format(pool, e), e);
            }
        }
    }
}
