package org.cabstand;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/** A driver of JDBC 4.0, over another one: it lacks all later methods, like drivers of that age. */
public final class OldDriver extends FakeDatabase.FakeDriver {

    private static final Set<String> LATER =
            Set.of(
                    "getNetworkTimeout",
                    "setNetworkTimeout",
                    "getSchema",
                    "setSchema",
                    "abort",
                    "beginRequest",
                    "endRequest",
                    "setShardingKey",
                    "setShardingKeyIfValid",
                    "closeOnCompletion",
                    "isCloseOnCompletion",
                    "getLargeUpdateCount",
                    "getLargeMaxRows",
                    "setLargeMaxRows",
                    "executeLargeBatch",
                    "executeLargeUpdate");

    private static final Set<Class<?>> ROUTES =
            Set.of(
                    Connection.class,
                    Statement.class,
                    PreparedStatement.class,
                    CallableStatement.class);

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        return old(Connection.class, DriverManager.getDriver(url).connect(url, info));
    }

    private static <T> T old(Class<T> type, Object target) {
        return type.cast(
                Proxy.newProxyInstance(
                        OldDriver.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, args) -> {
                            if (LATER.contains(method.getName())) {
                                throw new AbstractMethodError(method.toString());
                            }
                            try {
                                Object result = method.invoke(target, args);
                                return result != null && ROUTES.contains(method.getReturnType())
                                        ? old(method.getReturnType(), result)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:");
    }
}
