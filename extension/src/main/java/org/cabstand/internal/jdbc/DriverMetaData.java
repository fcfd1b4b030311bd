package org.cabstand.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The driver's metadata, with our handle as its connection. It stops working when the use of the connection ends.
 *
 * <p>It is a dynamic proxy, because metadata is read rarely and its 180 methods all do the same.
 *
 * <p>Thread safety: that of the driver's metadata.
 */
final class DriverMetaData implements InvocationHandler {

    private final ConnectionUse owner;
    private final DatabaseMetaData delegate;

    private DriverMetaData(ConnectionUse owner, DatabaseMetaData delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    static DatabaseMetaData of(ConnectionUse owner, DatabaseMetaData delegate) {
        return (DatabaseMetaData)
                Proxy.newProxyInstance(
                        DriverMetaData.class.getClassLoader(),
                        new Class<?>[] {DatabaseMetaData.class},
                        new DriverMetaData(owner, delegate));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "getConnection":
                return owner.handle();
            case "equals":
                return proxy == args[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "metadata of " + owner.handle();
            default:
        }
        if (method.getReturnType() == ResultSet.class) {
            owner.executing();
        } else if (method.getExceptionTypes().length > 0) {
            owner.asking();
        } // otherwise it is the driver's version
        try {
            return switch (method.getName()) {
                case "unwrap" -> Wrappers.unwrap(owner, delegate, (Class<?>) args[0]);
                case "isWrapperFor" -> Wrappers.isWrapperFor(delegate, (Class<?>) args[0]);
                default -> HandedOut.of(owner, method.invoke(delegate, args));
            };
        } catch (SQLException e) {
            throw owner.failed(e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause instanceof SQLException error ? owner.failed(error) : cause;
        }
    }
}
