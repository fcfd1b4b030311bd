package org.cabstand.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.RowIdLifetime;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each method of JDBC reaches the driver with what it was given, defaults too; what the driver gives comes
 * back, as ours where it leads to the connection; and each error of the driver reaches the use.
 */
class ForwardedCallsTest {

    /** The behaviour of a call of the driver's object. */
    private interface Answer {
        Object to(Method method, Object[] args) throws Throwable;
    }

    private record Call(Method method, List<Object> args) {}

    /** A method of one of our classes, by the type that this is for the application. */
    private record Target(Class<?> type, Method method) {

        Object call(RecordingUse use, Answer answer, Object... args) throws Throwable {
            try {
                return method.invoke(OURS.get(type).apply(use, driver(type, answer)), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** Methods that a handle answers itself, or by other calls. */
    private static final Set<String> OWN = Set.of("abort", "getConnection", "getStatement");

    private static final Map<Class<?>, BiFunction<RecordingUse, Object, Object>> OURS =
            Map.of(
                    Connection.class,
                    (use, c) -> use.handleOver((Connection) c),
                    Statement.class,
                    (use, s) -> new PooledStatement(use, (Statement) s),
                    PreparedStatement.class,
                    (use, s) -> new PooledPreparedStatement(use, "", (PreparedStatement) s),
                    CallableStatement.class,
                    (use, s) -> new PooledCallableStatement(use, "", (CallableStatement) s),
                    ResultSet.class,
                    (use, r) ->
                            new PooledResultSet(
                                    use,
                                    new PooledStatement(use, some(Statement.class)),
                                    (ResultSet) r),
                    DatabaseMetaData.class,
                    (use, m) -> DriverMetaData.of(use, (DatabaseMetaData) m),
                    ResultSetMetaData.class,
                    (use, m) -> HandedOut.metaData(use, (ResultSetMetaData) m),
                    ParameterMetaData.class,
                    (use, m) -> HandedOut.of(use, m),
                    Savepoint.class,
                    (use, s) -> new OwnedSavepoint(use, (Savepoint) s));

    /** Values of types that are no interfaces; another one for each position where there are several. */
    private static final Map<Class<?>, IntFunction<Object>> VALUES =
            Map.ofEntries(
                    Map.entry(boolean.class, i -> true),
                    Map.entry(byte.class, i -> (byte) (i + 1)),
                    Map.entry(short.class, i -> (short) (i + 1)),
                    Map.entry(int.class, i -> i + 1),
                    Map.entry(long.class, i -> i + 1L),
                    Map.entry(float.class, i -> i + 1f),
                    Map.entry(double.class, i -> i + 1d),
                    Map.entry(void.class, i -> none()),
                    Map.entry(byte[].class, byte[]::new),
                    Map.entry(int[].class, int[]::new),
                    Map.entry(long[].class, long[]::new),
                    Map.entry(String[].class, String[]::new),
                    Map.entry(Object[].class, Object[]::new),
                    Map.entry(String.class, i -> "text " + i),
                    Map.entry(Object.class, i -> some(java.sql.Array.class)),
                    Map.entry(Class.class, i -> Runnable.class),
                    Map.entry(BigDecimal.class, BigDecimal::valueOf),
                    Map.entry(Date.class, Date::new),
                    Map.entry(Time.class, Time::new),
                    Map.entry(Timestamp.class, Timestamp::new),
                    Map.entry(Calendar.class, i -> Calendar.getInstance()),
                    Map.entry(URL.class, i -> Object.class.getResource("Object.class")),
                    Map.entry(InputStream.class, i -> InputStream.nullInputStream()),
                    Map.entry(Reader.class, i -> Reader.nullReader()),
                    Map.entry(Properties.class, i -> new Properties()),
                    Map.entry(RowIdLifetime.class, i -> RowIdLifetime.ROWID_VALID_SESSION),
                    Map.entry(SQLWarning.class, i -> new SQLWarning()));

    static Stream<Target> targets() {
        return OURS.keySet().stream()
                .flatMap(
                        type ->
                                Arrays.stream(type.getMethods())
                                        .map(method -> new Target(type, method)))
                .filter(target -> !Modifier.isStatic(target.method().getModifiers()))
                .filter(target -> !OWN.contains(target.method().getName()))
                .filter(
                        target ->
                                !ForwarderGenerator.NEWER.contains(
                                        ForwarderGenerator.signature(target.method())));
    }

    private static Object driver(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) ->
                        switch (method.getName()) {
                            case "equals" -> proxy == args[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "toString" -> "the driver's " + type.getSimpleName();
                            default -> answer.to(method, args);
                        });
    }

    private static <T> T some(Class<T> type) {
        return type.cast(driver(type, (method, args) -> nothing(method.getReturnType())));
    }

    private static Object value(Class<?> type, int i) {
        return type.isInterface() ? some(type) : VALUES.get(type).apply(i);
    }

    private static Object[] values(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return IntStream.range(0, types.length).mapToObj(i -> value(types[i], i)).toArray();
    }

    private static Object none() {
        return null;
    }

    private static Object nothing(Class<?> type) {
        if (!type.isPrimitive() || type == void.class) {
            return null;
        }
        return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
    }

    /** Wraps an object of the driver as for the application. */
    private static Object handedOut(RecordingUse use, Object value) {
        if (value instanceof Savepoint savepoint) {
            return new OwnedSavepoint(use, savepoint);
        }
        return value instanceof InputStream || value instanceof Reader
                ? value
                : HandedOut.of(use, value);
    }

    private static boolean leadsToTheConnection(Class<?> type) {
        return type == InputStream.class
                || type == Reader.class
                || type.isInterface()
                        && type.getPackage() == Connection.class.getPackage()
                        && type != RowId.class;
    }

    @Test
    void eachReachesTheDriverWithItsArguments() {
        String wrapsItsExecutor = "setNetworkTimeout"; // see WayBackTest
        assertThat(targets().filter(t -> !t.method().getName().equals(wrapsItsExecutor)))
                .allSatisfy(
                        target -> {
                            RecordingUse use = new RecordingUse();
                            Object[] given = values(target.method());
                            List<Call> calls = new ArrayList<>();
                            target.call(
                                    use,
                                    (method, args) -> {
                                        calls.add(
                                                new Call(
                                                        method,
                                                        args == null ? List.of() : List.of(args)));
                                        return nothing(method.getReturnType());
                                    },
                                    Arrays.stream(given).map(v -> handedOut(use, v)).toArray());
                            assertThat(calls).contains(new Call(target.method(), List.of(given)));
                        });
    }

    @Test
    void whatTheDriverGivesComesBackAsOursWhereItLeadsToTheConnection() {
        assertThat(targets())
                .allSatisfy(
                        target -> {
                            Class<?> type = target.method().getReturnType();
                            Object value = value(type, 0);
                            Object result =
                                    target.call(
                                            new RecordingUse(),
                                            (method, args) ->
                                                    method.equals(target.method())
                                                            ? value
                                                            : nothing(method.getReturnType()),
                                            values(target.method()));
                            if (leadsToTheConnection(type)) {
                                assertThat(result).isNotNull().isNotSameAs(value);
                            } else if (type != Object.class) {
                                assertThat(result).isEqualTo(value);
                            }
                        });
    }

    @Test
    void whatIsUnwrappedIsTheDriversAndToldToTheUse() {
        Runnable unwrapped = () -> {};
        assertThat(targets().filter(target -> target.method().getName().equals("unwrap")))
                .hasSize(8)
                .allSatisfy(
                        target -> {
                            RecordingUse use = new RecordingUse();
                            assertThat(target.call(use, (m, args) -> unwrapped, Runnable.class))
                                    .isSameAs(unwrapped);
                            assertThat(use.unwrapped).isTrue();
                        });
    }

    @Test
    void eachErrorReachesTheUse() {
        assertThat(
                        targets()
                                .filter(t -> t.method().getExceptionTypes().length > 0)
                                // drivers connect anew for it: the session may be well
                                .filter(t -> !t.method().getName().equals("cancel")))
                .allSatisfy(
                        target -> {
                            SQLException error =
                                    List.of(target.method().getExceptionTypes())
                                                    .contains(SQLClientInfoException.class)
                                            ? new SQLClientInfoException("broken", Map.of())
                                            : new SQLException("broken", "08006");
                            RecordingUse use = new RecordingUse();
                            Throwable thrown = catchThrowable(() -> fail(target, use, error));
                            assertThat(thrown).isInstanceOf(SQLException.class);
                            assertThat(use.errors).contains(error);
                        });
    }

    @Test
    void errorsThatAreNoSqlExceptionsPassAndLeaveNothingTracked() {
        Error broken = new NoClassDefFoundError("broken");
        assertThat(targets())
                .allSatisfy(
                        target -> {
                            RecordingUse use = new RecordingUse();
                            Throwable thrown = catchThrowable(() -> fail(target, use, broken));
                            assertThat(thrown).isSameAs(broken);
                            assertThat(use.open.isEmpty()).isTrue();
                        });
    }

    private static void fail(Target target, RecordingUse use, Throwable error) throws Throwable {
        target.call(
                use,
                (method, args) -> {
                    throw error;
                },
                values(target.method()));
    }
}
