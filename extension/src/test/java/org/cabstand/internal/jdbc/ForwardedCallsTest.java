package org.cabstand.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each method of JDBC reaches the driver, defaults too, and each error of the driver its use. */
class ForwardedCallsTest {

    /** What a call of the driver's object does. */
    private interface Answer {
        Object to(Method method) throws Throwable;
    }

    /** What a handle decides by itself, or does by other calls. */
    private static final Set<String> OWN = Set.of("abort", "getConnection", "getStatement");

    static Stream<Method> methods() {
        return Stream.of(
                        Connection.class,
                        Statement.class,
                        PreparedStatement.class,
                        CallableStatement.class,
                        ResultSet.class,
                        DatabaseMetaData.class,
                        ResultSetMetaData.class,
                        ParameterMetaData.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !OWN.contains(method.getName()))
                .distinct();
    }

    private static <T> T driver(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, args) -> answer.to(method)));
    }

    /** Ours, over a driver's object of the same type. */
    private static Object ours(Class<?> type, RecordingUse use, Answer answer) {
        Map<Class<?>, Function<Object, Object>> wrappers =
                Map.of(
                        Connection.class,
                        c -> use.handleOver((Connection) c),
                        Statement.class,
                        s -> new PooledStatement(use, (Statement) s),
                        PreparedStatement.class,
                        s -> new PooledPreparedStatement(use, (PreparedStatement) s),
                        CallableStatement.class,
                        s -> new PooledCallableStatement(use, (CallableStatement) s),
                        ResultSet.class,
                        r ->
                                new PooledResultSet(
                                        use,
                                        new PooledStatement(
                                                use, driver(Statement.class, m -> null)),
                                        (ResultSet) r),
                        DatabaseMetaData.class,
                        m -> DriverMetaData.of(use, (DatabaseMetaData) m),
                        ResultSetMetaData.class,
                        m -> new PooledResultSetMetaData(use, (ResultSetMetaData) m),
                        ParameterMetaData.class,
                        m -> HandedOut.of(use, m));
        return wrappers.get(type).apply(driver(type, answer));
    }

    private static Object call(Object target, Method method) throws Throwable {
        Object[] args =
                Arrays.stream(method.getParameterTypes()).map(ForwardedCallsTest::some).toArray();
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object some(Class<?> type) {
        if (type == Class.class) {
            return Runnable.class;
        }
        return type == java.util.Properties.class ? new java.util.Properties() : nothing(type);
    }

    private static Object nothing(Class<?> type) {
        if (!type.isPrimitive() || type == void.class) {
            return null;
        }
        return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
    }

    /** What a driver's object answers, and one of ours over it. */
    private static Object ours(Method method, RecordingUse use, Answer answer) {
        Class<?> type = method.getDeclaringClass();
        return ours(type == Wrapper.class ? Connection.class : type, use, answer);
    }

    @Test
    void eachReachesTheDriver() {
        assertThat(methods())
                .allSatisfy(
                        method -> {
                            Set<Method> called = new HashSet<>();
                            Answer answer =
                                    m -> {
                                        called.add(m);
                                        return nothing(m.getReturnType());
                                    };
                            assertThatCode(
                                            () ->
                                                    call(
                                                            ours(
                                                                    method,
                                                                    new RecordingUse(),
                                                                    answer),
                                                            method))
                                    .doesNotThrowAnyException();
                            assertThat(called).contains(method);
                        });
    }

    @Test
    void eachErrorReachesTheUse() {
        assertThat(
                        methods()
                                .filter(method -> method.getExceptionTypes().length > 0)
                                // drivers connect anew for it: the session may be well
                                .filter(method -> !method.getName().equals("cancel")))
                .allSatisfy(
                        method -> {
                            SQLException error =
                                    List.of(method.getExceptionTypes())
                                                    .contains(SQLClientInfoException.class)
                                            ? new SQLClientInfoException("broken", Map.of())
                                            : new SQLException("broken", "08006");
                            RecordingUse use = new RecordingUse();
                            Object target =
                                    ours(
                                            method,
                                            use,
                                            m -> {
                                                throw error;
                                            });
                            assertThat(catchThrowable(() -> call(target, method)))
                                    .isInstanceOf(SQLException.class);
                            assertThat(use.errors).contains(error);
                        });
    }

    @Test
    void errorsThatAreNoSqlExceptionsPassAndLeaveNothingTracked() {
        Error broken = new NoClassDefFoundError("broken");
        assertThat(methods())
                .allSatisfy(
                        method -> {
                            RecordingUse use = new RecordingUse();
                            Object target =
                                    ours(
                                            method,
                                            use,
                                            m -> {
                                                throw broken;
                                            });
                            assertThat(catchThrowable(() -> call(target, method))).isSameAs(broken);
                            assertThat(use.open.isEmpty()).isTrue();
                        });
    }
}
