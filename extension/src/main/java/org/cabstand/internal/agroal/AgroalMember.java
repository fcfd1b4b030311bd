package org.cabstand.internal.agroal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * A connection that {@link AgroalPool} keeps while it is idle.
 *
 * <p>Agroal gets a stand-in, never the driver's connection, because a driver that fails or hangs would cost Agroal one
 * of its places.
 *
 * <p>Thread safety: {@code lent} is written by the thread that takes the connection and read by the thread that gives
 * it back; the hand-over between them publishes it.
 */
public abstract class AgroalMember {

    /** The object that Agroal takes for the connection. */
    final Connection standIn =
            (Connection)
                    Proxy.newProxyInstance(
                            AgroalMember.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            new StandIn(this));

    /** The handle that Agroal has lent; closing it gives the connection back. Written before anybody has the member. */
    @SuppressWarnings("NullAway.Init")
    Connection lent;

    /** Agroal must not keep it. Written by the thread that evicts it. */
    private volatile boolean evicted;

    /** A connection that is not in Agroal yet. */
    protected AgroalMember() {
        // see AgroalPool.add
    }

    /** Called before Agroal closes it because it was idle for {@code idle-timeout}. */
    protected abstract void reaped();

    /** Closes it; a second call has no effect. Must not wait. */
    protected abstract void close();

    final void evict() {
        evicted = true;
    }

    static AgroalMember of(Connection standIn) {
        return ((StandIn) Proxy.getInvocationHandler(standIn)).member;
    }

    /**
     * Answers the calls that Agroal makes: it sets the mode of a new connection, reads warnings at a return, unwraps,
     * and closes.
     */
    private static final class StandIn implements InvocationHandler {

        private final AgroalMember member;

        StandIn(AgroalMember member) {
            this.member = member;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "close" -> {
                    member.close();
                    yield null;
                }
                // a fatal warning is how Agroal learns that a connection is useless
                case "getWarnings" -> member.evicted ? new Evicted() : null;
                case "unwrap" -> ((Class<?>) arguments[0]).cast(member);
                case "getTransactionIsolation" -> Connection.TRANSACTION_NONE;
                case "getHoldability" -> 0;
                case "setAutoCommit", "clearWarnings" -> null;
                case "toString", "hashCode", "equals" -> objectMethod(proxy, method, arguments);
                default -> throw new SQLException("Agroal is not meant to call " + method);
            };
        }

        private Object objectMethod(Object proxy, Method method, Object[] arguments)
                throws Throwable {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            try {
                return method.invoke(member, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** Makes Agroal remove a connection at its return. It has no stack trace, because nothing is wrong. */
    static final class Evicted extends SQLWarning {

        private static final long serialVersionUID = 1L;

        Evicted() {
            super("evicted");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
