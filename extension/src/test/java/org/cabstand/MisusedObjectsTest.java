package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.TransactionManager;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that a driver refuses because of the application's mistake cost no healthy session. */
class MisusedObjectsTest {

    private TestApplication app;

    @AfterEach
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @EnumSource
    void closedStatementsAndResultsAreNoBrokenSession(TestDatabase database) throws Exception {
        app = TestApplication.start(database.pool("max-size", "1"));
        Connection session;
        try (Connection connection = app.dataSource().getConnection()) {
            session = connection.unwrap(Connection.class);
            callAll(database, connection);
        }
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(next.unwrap(Connection.class)).isSameAs(session);
            assertThat(next.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasKeptPastCloseBreaksNoTransaction(TestDatabase database) throws Exception {
        app = TestApplication.startWithJta(database.pool("max-size", "1"));
        TransactionManager manager = app.get(TransactionManager.class);
        manager.begin();
        Connection connection = app.dataSource().getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");
        ResultSet results = prepared.executeQuery();
        DatabaseMetaData metaData = connection.getMetaData();
        connection.close();
        call(Statement.class, statement);
        call(PreparedStatement.class, prepared);
        call(ResultSet.class, results);
        call(DatabaseMetaData.class, metaData);
        call(Connection.class, connection);
        try (Connection another = app.dataSource().getConnection()) {
            assertThat(Sql.one(another, "select 1")).isEqualTo("1");
        }
        manager.commit();
    }

    private static void callAll(TestDatabase database, Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");
        ResultSet results = prepared.executeQuery();
        results.next();
        call(ResultSet.class, results); // columns that there are not, and null
        call(PreparedStatement.class, prepared);
        results.close();
        prepared.close();
        statement.close();
        call(ResultSet.class, results);
        call(PreparedStatement.class, prepared);
        call(Statement.class, statement);
        if (database == TestDatabase.H2) {
            CallableStatement callable = connection.prepareCall(database.call());
            call(CallableStatement.class, callable);
            callable.close();
            call(CallableStatement.class, callable);
        }
    }

    /** Whatever comes of it. */
    private static void call(Class<?> type, Object target) {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.getName().equals("close")) {
                continue;
            }
            Object[] args = new Object[method.getParameterCount()];
            for (int i = 0; i < args.length; i++) {
                Class<?> parameter = method.getParameterTypes()[i];
                if (parameter == Class.class) {
                    args[i] = String.class;
                } else if (parameter == Properties.class) {
                    args[i] = new Properties();
                } else if (parameter.isPrimitive()) {
                    args[i] = Array.get(Array.newInstance(parameter, 1), 0);
                }
            }
            try {
                method.invoke(target, args);
            } catch (InvocationTargetException e) {
                assertThat(e.getCause())
                        .as(method.toString())
                        .isInstanceOfAny(SQLException.class, RuntimeException.class);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }
}
