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

    private final TestConnection connection;
    private final Statement statement;

    /** Of a prepared one; of another one what its batch begins with. */
    private String sql;

    private TestStatement(TestConnection connection, Statement statement, String sql) {
        this.connection = connection;
        this.statement = statement;
        this.sql = sql;
    }

    /** Wraps a statement in the interfaces that JDBC knows of it. */
    @SuppressWarnings("unchecked") // the proxy has the interface that was asked for
    static <S extends Statement> S of(TestConnection connection, S statement, String sql) {
        Class<?> type =
                statement instanceof CallableStatement
                        ? CallableStatement.class
                        : statement instanceof PreparedStatement
                                ? PreparedStatement.class
                                : Statement.class;
        return (S)
                Proxy.newProxyInstance(
                        TestStatement.class.getClassLoader(),
                        new Class<?>[] {type},
                        new TestStatement(connection, statement, sql));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        String name = method.getName();
        boolean hasSql = args != null && args.length > 0 && args[0] instanceof String;
        if (name.startsWith("execute")) {
            return connection.execute(
                    hasSql ? (String) args[0] : sql == null ? "" : sql, () -> call(method, args));
        }
        switch (name) {
            case "getConnection":
                return connection;
            case "equals":
                return proxy == args[0];
            case "hashCode":
                return System.identityHashCode(proxy);
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
