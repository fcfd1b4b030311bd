package org.cabstand;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;

/** A driver of JDBC 4.0: what came later it does not have, as drivers of that age do not. */
public final class OldDriver implements Driver {

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
                                AbstractMethodError x = new AbstractMethodError(method.toString());
                                x.printStackTrace();
                                throw x;
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

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
