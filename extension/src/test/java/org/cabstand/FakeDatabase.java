package org.cabstand;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/**
 * A database that stages faults and counts its sessions; reached by {@code jdbc:fake:<name>} through {@link
 * FakeDriver}.
 */
final class FakeDatabase {

    private static final Map<String, FakeDatabase> DATABASES = new ConcurrentHashMap<>();

    /** The behaviour of a call of a connection or statement; null for the usual one. */
    interface Behaviour {
        Object call(Session session, Object[] args) throws SQLException, InterruptedException;
    }

    /** The behaviour of a connect before there is a session. */
    interface Connect {
        void before(Properties properties) throws SQLException, InterruptedException;
    }

    private final String name;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger mostSessions = new AtomicInteger();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final List<Properties> logins = new CopyOnWriteArrayList<>();
    private volatile Connect connect = properties -> {};

    FakeDatabase(String name) {
        this.name = name;
        DATABASES.put(name, this);
    }

    String url() {
        return "jdbc:fake:" + name;
    }

    Map<String, String> pool(String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", url());
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    FakeDatabase onConnect(Connect behaviour) {
        connect = behaviour;
        return this;
    }

    /** Replaces a method of connections and statements, by its name. */
    FakeDatabase on(String method, Behaviour behaviour) {
        behaviours.put(method, behaviour);
        return this;
    }

    FakeDatabase asUsual(String method) {
        behaviours.remove(method);
        return this;
    }

    int sessions() {
        return sessions.get();
    }

    int mostSessions() {
        return mostSessions.get();
    }

    void forgetMostSessions() {
        mostSessions.set(sessions.get());
    }

    /** Names of the methods that were called on connections. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    List<Properties> logins() {
        return logins;
    }

    private Connection open(Properties properties) throws SQLException {
        logins.add(properties);
        mostSessions.accumulateAndGet(sessions.incrementAndGet(), Math::max);
        boolean opened = false;
        try {
            connect.before(properties);
            opened = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "08001", e);
        } finally {
            if (!opened) {
                sessions.decrementAndGet();
            }
        }
        return new Session().proxy(Connection.class);
    }

    /** One session, and by the same handler its statements. */
    final class Session {

        private boolean autoCommit = true;
        private boolean closed;

        <T> T proxy(Class<T> type) {
            return type.cast(
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (proxy, method, args) -> {
                                try {
                                    return call(
                                            proxy, method.getName(), method.getReturnType(), args);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }));
        }

        private Object call(Object proxy, String method, Class<?> result, Object[] args)
                throws Exception {
            if (method.equals("hashCode")) {
                return System.identityHashCode(proxy);
            }
            if (method.equals("equals")) {
                return proxy == args[0];
            }
            calls.add(method);
            Behaviour behaviour = behaviours.get(method);
            if (behaviour != null) {
                Object value = behaviour.call(this, args);
                if (value != null) {
                    return value;
                }
            }
            boolean connection = proxy instanceof Connection;
            switch (method) {
                case "close":
                    if (connection && !closed) {
                        closed = true;
                        sessions.decrementAndGet();
                    }
                    return null;
                case "isClosed":
                    return closed;
                case "getAutoCommit":
                    return autoCommit;
                case "setAutoCommit":
                    autoCommit = (Boolean) args[0];
                    return null;
                case "isValid":
                    return !closed;
                case "createStatement":
                    return proxy(Statement.class);
                case "prepareStatement":
                    return proxy(PreparedStatement.class);
                case "getTransactionIsolation":
                    return Connection.TRANSACTION_READ_COMMITTED;
                case "getClientInfo":
                    return new Properties();
                case "toString":
                    return "fake session";
                default:
                    return nothing(result);
            }
        }
    }

    private static Object nothing(Class<?> result) {
        if (result == boolean.class) {
            return false;
        }
        if (result == int.class) {
            return 0;
        }
        return result == long.class ? (Object) 0L : null;
    }

    /** Found by ServiceLoader. */
    public static class FakeDriver implements Driver {

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return acceptsURL(url)
                    ? DATABASES.get(url.substring("jdbc:fake:".length())).open(info)
                    : null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:fake:");
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
}
