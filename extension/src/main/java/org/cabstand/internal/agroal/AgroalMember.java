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
 * A connection that {@link AgroalPool} keeps while nobody uses it.
 *
 * <p>Agroal gets a stand-in, never the driver's connection: a fault of the driver, or a call that hangs, would cost
 * Agroal a place.
 *
 * <p>Thread safety: {@code lent} is written by who takes the connection and read by who gives it back; the hand-over
 * between them publishes it.
 */
public abstract class AgroalMember {

    /** What Agroal believes to be a connection. */
    final Connection standIn =
            (Connection)
                    Proxy.newProxyInstance(
                            AgroalMember.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            new StandIn(this));

    /** What Agroal has lent: closing it gives the connection back. Written before anybody has the member. */
    @SuppressWarnings("NullAway.Init")
    Connection lent;

    /** Written by who evicts it: Agroal is not to keep it. */
    private volatile boolean evicted;

    /** Has no place in Agroal yet. */
    protected AgroalMember() {
        // see AgroalPool.add
    }

    /** Agroal is about to close it: nobody has used it for {@code idle-timeout}. */
    protected abstract void reaped();

    /** Closes it; again has no effect. Must not wait. */
    protected abstract void close();

    final void evict() {
        evicted = true;
    }

    static AgroalMember of(Connection standIn) {
        return ((StandIn) Proxy.getInvocationHandler(standIn)).member;
    }

    /** What Agroal calls: it sets the mode of a new connection, reads warnings at a return, unwraps, and closes. */
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
                // Agroal's way to learn that a connection is of no more use: a fatal warning
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

    /** Has Agroal remove a connection at its return. Without a stack trace: it is no fault. */
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
