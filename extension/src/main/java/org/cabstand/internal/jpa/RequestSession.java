package org.cabstand.internal.jpa;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Message;
import org.cabstand.internal.request.RequestConnection;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionContext;

/**
 * The entity manager of one request, as {@link RequestConnection} is its connection: each call goes to the
 * persistence context of the thread's transaction, or outside of one to that of the request, which is for
 * reading.
 *
 * <p>A handler, not a class that implements the interface: JPA 3.2 has methods that 3.1 does not have.
 *
 * <p>Thread safety: one request at a time, as JPA's entity managers; it may be ended by any thread.
 */
final class RequestSession implements InvocationHandler {

    private final String pool;
    private final RunningUnit unit;
    private final SessionKind kind;
    private final TransactionContext transactions;
    private final RequestConnection connection;

    /** Guarded by this: the request's own; null before its first use. */
    private AutoCloseable own;

    /** Guarded by this: a transaction may have changed what the request's own has read. */
    private boolean isStale;

    /** Guarded by this: those that this request has begun. */
    private List<TransactionSession> begun = new ArrayList<>(2);

    /**
     * Opens nothing yet.
     *
     * @param pool the pool's name
     * @param unit the pool's unit
     * @param kind what is opened; the same for all requests
     * @param transactions knows the thread's transaction
     * @param connection lives as long as the request; nothing is borrowed by it
     */
    RequestSession(
            String pool,
            RunningUnit unit,
            SessionKind kind,
            TransactionContext transactions,
            RequestConnection connection) {
        this.pool = pool;
        this.unit = unit;
        this.kind = kind;
        this.transactions = transactions;
        this.connection = connection;
        connection.onLeave(this::leave);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "requestConnection":
                return connection;
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return name() + " of pool '" + pool + "' for this request";
            case "isOpen":
                return !connection.isClosed();
            case "close":
                closeOwn();
                return null;
            case "getTransaction", "beginTransaction":
                throw new IllegalStateException(Message.NO_ENTITY_TRANSACTION.format(pool));
            default:
                try {
                    return method.invoke(session(method.getName()), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
        }
    }

    private String name() {
        return kind.types().get(0).getSimpleName();
    }

    private AutoCloseable session(String method) {
        if (connection.isClosed()) {
            throw new IllegalStateException(Message.SESSION_AFTER_REQUEST.format(name(), pool));
        }
        try {
            GlobalTransaction transaction = transactions.current(pool);
            if (transaction != null) {
                return inTransaction(transaction);
            }
        } catch (SQLException e) {
            throw new PersistenceException(e.getMessage(), e);
        }
        if (kind.writes(method)) {
            throw new TransactionRequiredException(
                    Message.WRITTEN_OUTSIDE.format(method + "()", pool));
        }
        return outside();
    }

    private synchronized AutoCloseable outside() {
        if (own == null) {
            own = kind.openOutside(unit.get());
        } else if (isStale) {
            kind.clear(own);
        }
        isStale = false;
        return own;
    }

    private AutoCloseable inTransaction(GlobalTransaction transaction) throws SQLException {
        if (transaction.attached(kind) instanceof TransactionSession joined) {
            return joined.session();
        }
        TransactionSession session =
                (TransactionSession)
                        transaction.attach(
                                kind,
                                () ->
                                        new TransactionSession(
                                                pool, kind.openInTransaction(unit.get())),
                                pool);
        synchronized (this) {
            begun.add(session);
            isStale = true;
        }
        return session.session();
    }

    /** Ends this use early, as {@code close()} of the connection does; a transaction keeps its own. */
    private void closeOwn() {
        AutoCloseable closing;
        synchronized (this) {
            closing = own;
            own = null;
        }
        if (closing != null) {
            TransactionSession.close(closing, pool);
        }
    }

    /** The request's thread leaves it. */
    private void leave() {
        List<TransactionSession> leaving;
        synchronized (this) {
            leaving = begun;
            begun = new ArrayList<>(2);
        }
        leaving.forEach(TransactionSession::abandoned);
        closeOwn();
    }
}
