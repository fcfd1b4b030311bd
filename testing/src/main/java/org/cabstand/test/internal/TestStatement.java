package org.cabstand.test.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A driver's statement whose executions go through its connection.
 *
 * <p>Thread safety: that of a statement.
 */
final class TestStatement implements InvocationHandler {

    private final WatchedConnection connection;
    private final Statement statement;

    /** The SQL of a prepared statement, or the first SQL of a batch. */
    private String sql;

    /** The SQL that was executed last. Written by the executing thread, read by the one that returns the connection. */
    private volatile String latest;

    private TestStatement(WatchedConnection connection, Statement statement, String sql) {
        this.connection = connection;
        this.statement = statement;
        this.sql = sql;
        this.latest = sql;
    }

    /** Wraps a statement in its JDBC interface. */
    @SuppressWarnings("unchecked") // the proxy has the interface that was asked for
    static <S extends Statement> S of(WatchedConnection connection, S statement, String sql) {
        Class<?> type =
                statement instanceof CallableStatement
                        ? CallableStatement.class
                        : statement instanceof PreparedStatement
                                ? PreparedStatement.class
                                : Statement.class;
        TestStatement handler = new TestStatement(connection, statement, sql);
        connection.opened(handler);
        return (S)
                Proxy.newProxyInstance(
                        TestStatement.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** The statement in messages. */
    String sql() {
        return latest == null ? "a statement that was not executed" : latest;
    }

    boolean isOpen() {
        try {
            return !statement.isClosed();
        } catch (SQLException e) {
            return false; // it is closed with its connection
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        String name = method.getName();
        boolean hasSql = args != null && args.length > 0 && args[0] instanceof String;
        if (name.startsWith("execute")) {
            String executed = hasSql ? (String) args[0] : sql == null ? "" : sql;
            latest = executed;
            return connection.execute(executed, () -> call(method, args));
        }
        switch (name) {
            case "getConnection":
                return connection;
            case "equals":
                return proxy == args[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "close":
                connection.closed(this);
                break;
            case "addBatch":
                if (hasSql && sql == null) {
                    sql = (String) args[0];
                }
                break;
            default:
                break;
        }
        return call(method, args);
    }

    private Object call(Method method, Object[] args) throws SQLException {
        try {
            return method.invoke(statement, args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException error) {
                throw error;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new SQLException("the driver failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException("the driver cannot be called", e);
        }
    }
}
