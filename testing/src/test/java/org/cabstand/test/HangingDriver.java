package org.cabstand.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/** H2's driver, but that one call of its connections does not come back until the connection is aborted. */
public final class HangingDriver implements Driver {

    static final String URL = "jdbc:hanging:h2:mem:shop;DB_CLOSE_DELAY=-1";

    /** Of a connection. */
    enum Call {
        GET_META_DATA("getMetaData"),
        SET_SAVEPOINT("setSavepoint");

        private final String method;

        Call(String method) {
            this.method = method;
        }
    }

    /** Written by the test; null for none. */
    static volatile Call hangsAt;

    /** How many threads do. */
    static volatile int hanging;

    /** What those have got that hung. */
    static final List<SQLException> errors = new CopyOnWriteArrayList<>();

    private final Driver h2 = new org.h2.Driver();

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real = h2.connect(url.replace("jdbc:hanging:", "jdbc:"), properties);
        CountDownLatch aborted = new CountDownLatch(1);
        return (Connection)
                Proxy.newProxyInstance(
                        HangingDriver.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("abort")) {
                                aborted.countDown();
                                return null;
                            }
                            Call call = hangsAt;
                            if (call != null
                                    && method.getName().equals(call.method)
                                    && Thread.currentThread().getName().equals("asker")) {
                                hanging++;
                                try {
                                    aborted.await();
                                } finally {
                                    hanging--;
                                }
                                throw new SQLException("aborted", "08006");
                            }
                            try {
                                return method.invoke(real, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:hanging:");
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
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
