package org.cabstand.internal.jpa;

import java.lang.System.Logger.Level;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.transaction.GlobalTransaction;

/**
 * The session of one JTA transaction, from its first use in it to the transaction's end.
 *
 * <p>Whoever ends the transaction closes it, but for a transaction manager that ends what timed out on a
 * thread of its own, while the transaction's thread may be in the middle of a call: then the request does.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class TransactionSession implements GlobalTransaction.Attachment {

    private final String pool;
    private final AutoCloseable session;
    private final Thread thread = Thread.currentThread();

    /** Guarded by this. */
    private boolean isOver;

    /** Guarded by this: no request will come back to it. */
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

    /** The transaction has ended. */
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

    /** The request has ended; the transaction may outlive it. */
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

    /** What cannot be closed is nothing that a request could mend. */
    static void close(AutoCloseable session, String pool) {
        try {
            session.close();
        } catch (Exception | LinkageError e) {
            Log.log(Level.WARNING, Message.SESSION_NOT_CLOSED.format(pool, e), e);
        }
    }
}
