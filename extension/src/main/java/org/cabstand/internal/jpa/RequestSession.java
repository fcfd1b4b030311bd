package org.cabstand.internal.jpa;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.request.RequestConnection;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionContext;

/**
 * The entity manager of one request, as {@link RequestConnection} is its connection. Each call goes to the persistence
 * context of the thread's transaction or, outside of one, to that of the request, which is for reading.
 *
 * <p>It is an invocation handler instead of an implementation of the interface, because JPA 3.2 has methods that 3.1
 * lacks.
 *
 * <p>Thread safety: one thread at a time, like JPA's entity managers; any thread may end it.
 */
final class RequestSession implements InvocationHandler, RequestConnection.Companion {

    private final String pool;
    private final RunningUnit unit;
    private final SessionKind kind;
    private final TransactionContext transactions;
    private final RequestConnection connection;

    /** The request's own session; null before its first use. Guarded by this. */
    private AutoCloseable own;

    /** A transaction may have changed the data that {@code own} has read. Guarded by this. */
    private boolean isStale;

    /** Connections that the provider has borrowed for {@code own} and may not have returned. Guarded by this. */
    private final List<Connection> lent = new ArrayList<>(1);

    /** The transactions' sessions that this request has begun. Guarded by this. */
    private List<TransactionSession> begun = new ArrayList<>(2);

    /**
     * A session that has opened nothing yet.
     *
     * @param pool the pool's name
     * @param unit the pool's unit
     * @param kind the kind of session to open; the same for all requests
     * @param transactions tells the thread's transaction
     * @param connection lives as long as the request, and is never used to borrow
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
        connection.accompany(this);
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

    /**
     * Closes the request's own session early, as {@code close()} of the connection does. A transaction keeps its
     * session.
     */
    private void closeOwn() {
        List<AutoCloseable> closing = new ArrayList<>(2);
        synchronized (this) {
            if (own != null) {
                closing.add(own);
            }
            own = null;
            closing.addAll(lent);
            lent.clear();
        }
        closing.forEach(each -> TransactionSession.close(each, pool));
    }

    /** Remembers the connection: EclipseLink does not close a cursor that is open when its session is closed. */
    @Override
    public void borrowed(Connection borrowed) {
        synchronized (this) {
            if (own != null && isOutside()) {
                lent.removeIf(RequestSession::isClosed);
                lent.add(borrowed);
            }
        }
    }

    private boolean isOutside() {
        try {
            return transactions.current(pool) == null;
        } catch (SQLException e) {
            Log.debug("borrowed while a transaction is ending", e);
            return false;
        }
    }

    @Override
    public void leave() {
        List<TransactionSession> leaving;
        synchronized (this) {
            leaving = begun;
            begun = new ArrayList<>(2);
        }
        leaving.forEach(TransactionSession::abandoned);
        closeOwn();
    }

    private static boolean isClosed(Connection lent) {
        try {
            return lent.isClosed();
        } catch (SQLException e) {
            Log.debug("a connection does not say whether it is closed", e);
            return true;
        }
    }
}
