package org.cabstand.internal.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.FilterReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Writes the classes that forward, call by call, to the driver's objects. It needs a JDK alone; from the
 * root of the repository:
 *
 * <pre>java extension/src/test/java/org/cabstand/internal/jdbc/ForwarderGenerator.java</pre>
 *
 * <p>What holds for a type, or for a group of methods, is a rule here. The logic of single methods is written
 * by hand in subclasses; where a plain forward would be wrong none is generated, so that the compiler asks.
 */
final class ForwarderGenerator {

    /**
     * Methods that the compiler does not know, as it compiles for the oldest JDK we support: as "Connection
     * method(int, String)". None can be forwarded. Before you list one here see whether its default does on a
     * class of ours what the driver's would do; if not, write it by hand, without {@code @Override}.
     */
    static final Set<String> NEWER = Set.of();

    /** What runs is told, what comes of it too, and every way in which it fails. */
    private static final String EXECUTES = "execute.*";

    private static final String WRITES = "(insert|update|delete|refresh)Row";

    /** How a {@link PooledStatement} tells what runs. */
    private static final String TOLD =
            """

                /** What runs where no text is given: what was prepared, or a batch. */
                abstract String text();

                abstract void executing(String text) throws SQLException;

                abstract ResultSet executed(ResultSet results);

                abstract boolean executed(boolean hasResults);

                abstract int executed(int rows);

                abstract long executed(long rows);

                abstract int[] executed(int[] rows);

                abstract long[] executed(long[] rows);

                /** What the caller gets; throws what is unchecked. */
                abstract SQLException failed(Throwable error);

                abstract ResultSet results(ResultSet results);
            """;

    private static final String TOLD_PREPARED =
            """

                @Override
                final String text() {
                    return sql;
                }
            """;

    /** How many columns there are, and what they are called, drivers know. */
    private static final String ASKS_NOBODY = "getColumn(Count|Label|Name)|isWrapperFor";

    /** They work through the connection. */
    private static final String HANDED_OUT =
            "Array|Blob|Clob|InputStream|NClob|Object|ParameterMetaData|Reader|Ref|SQLXML";

    /** Of these, what an application can only have from a connection; it may be ours. */
    private static final String TAKEN_BACK = "Array|Blob|Clob|NClob|Object|Ref|SQLXML";

    private static final List<Forwarder> FORWARDERS =
            List.of(
                    connection(),
                    jdbc(
                            Statement.class,
                            "cancel|close|getConnection",
                            "What a {@link PooledStatement} leaves to the driver's.",
                            "abstract class ForwardingStatement extends TrackedResource",
                            "delegate",
                            TOLD),
                    jdbc(
                            PreparedStatement.class,
                            "",
                            "A {@link PooledStatement} that was prepared.",
                            "class PooledPreparedStatement extends PooledStatement",
                            "prepared",
                            TOLD_PREPARED),
                    jdbc(
                            CallableStatement.class,
                            "",
                            "A {@link PooledStatement} that calls a procedure.",
                            "final class PooledCallableStatement extends PooledPreparedStatement",
                            "callable",
                            ""),
                    jdbc(
                            ResultSet.class,
                            "close|getStatement",
                            "What our results leave to the driver's.",
                            "abstract class ForwardingResultSet",
                            "delegate",
                            ""),
                    jdbc(
                            ResultSetMetaData.class,
                            "",
                            "What results are made of; some drivers ask the database for it.",
                            "final class PooledResultSetMetaData",
                            "delegate",
                            ""),
                    stream(FilterInputStream.class, "in"),
                    stream(FilterReader.class, "in"),
                    stream(FilterOutputStream.class, "out"),
                    stream(FilterWriter.class, "out"));

    private ForwarderGenerator() {}

    /**
     * Writes all sources.
     *
     * @param args none
     * @throws IOException when one cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of("extension/src/generated/java/org/cabstand/internal/jdbc");
        for (Map.Entry<String, String> source : sources().entrySet()) {
            Files.writeString(directory.resolve(source.getKey()), source.getValue());
        }
    }

    /** All sources, by the names of their files. */
    static Map<String, String> sources() {
        return FORWARDERS.stream()
                .collect(
                        Collectors.toMap(each -> nameIn(each.head()) + ".java", Forwarder::source));
    }

    private static Forwarder connection() {
        String head =
                """
                /**
                 * Forwards every call to another connection and does nothing else.
                 *
                 * <p>Its subclasses say where calls go and what happens with the errors that come back. {@code abort}
                 * and {@code setClientInfo} are theirs too: the one is never a plain forward, the other throws an
                 * exception of its own.
                 *
                 * <p>Thread safety: that of the subclass.
                 */
                @Generated("ForwarderGenerator")
                public abstract class ForwardingConnection implements Connection {

                    /**
                     * The connection that gets the call.
                     *
                     * @return an open connection
                     * @throws SQLException when there is none
                     */
                    protected abstract Connection delegate() throws SQLException;

                    /**
                     * Told of every error of the delegate, before the caller sees it.
                     *
                     * @param error what the delegate threw
                     * @return what the caller gets
                     */
                    protected SQLException failed(SQLException error) {
                        return error;
                    }
                """;
        return new Forwarder(Connection.class, "abort|setClientInfo", head, "delegate()");
    }

    /** Over what comes from a connection; errors are reported to the use of that. */
    private static Forwarder jdbc(
            Class<?> type,
            String byHand,
            String summary,
            String declaration,
            String delegate,
            String members) {
        boolean extendsPooled = declaration.contains(" extends Pooled");
        boolean prepares = declaration.endsWith(" extends PooledStatement");
        String head =
                """
                /**
                 * %1$s
                 *
                 * <p>Thread safety: that of the driver's.
                 */
                @Generated("ForwarderGenerator")
                @SuppressWarnings("deprecation")
                %2$s implements %3$s {
                %4$s
                    final %3$s %5$s;

                    %6$s(ConnectionUse owner, %9$s%3$s %5$s) {
                        %7$s;
                        this.%5$s = %5$s;%10$s
                    }
                %8$s"""
                        .formatted(
                                summary,
                                declaration,
                                type.getSimpleName(),
                                field(extendsPooled, prepares),
                                delegate,
                                nameIn(declaration),
                                extendsPooled
                                        ? "super(owner, "
                                                + (prepares ? "" : "sql, ")
                                                + delegate
                                                + ")"
                                        : "this.owner = owner",
                                members,
                                extendsPooled ? "String sql, " : "",
                                prepares ? "\n        this.sql = sql;" : "");
        return new Forwarder(type, byHand, head, delegate);
    }

    private static String field(boolean extendsPooled, boolean prepares) {
        if (prepares) {
            return "\n    /** As the application wrote it. */\n    private final String sql;\n";
        }
        return extendsPooled ? "" : "\n    final ConnectionUse owner;";
    }

    private static Forwarder stream(Class<?> type, String delegate) {
        String head =
                """
                /**
                 * A stream of the driver's that works through its connection: it ends with the use of that.
                 *
                 * <p>Thread safety: that of the driver's.
                 */
                @Generated("ForwarderGenerator")
                final class Owned%1$s extends Filter%1$s {

                    private final ConnectionUse owner;

                    Owned%1$s(ConnectionUse owner, %1$s delegate) {
                        super(delegate);
                        this.owner = owner;
                    }
                """
                        .formatted(type.getSuperclass().getSimpleName());
        return new Forwarder(type, "", head, delegate);
    }

    /**
     * A class that forwards.
     *
     * @param type its methods are forwarded
     * @param byHand but for these
     * @param head the class up to its first method
     * @param delegate what gets the calls
     */
    private record Forwarder(Class<?> type, String byHand, String head, String delegate) {

        String source() {
            List<Method> methods =
                    Arrays.stream(type.getMethods())
                            .filter(method -> !Modifier.isStatic(method.getModifiers()))
                            .filter(method -> isOwn(method.getDeclaringClass()))
                            .filter(method -> !method.getName().matches(byHand))
                            .filter(method -> !NEWER.contains(signature(method)))
                            .sorted(
                                    Comparator.comparing(Method::getName)
                                            .thenComparing(ForwarderGenerator::parameters))
                            .toList();
            String body =
                    methods.stream()
                            .map(this::forward)
                            .collect(Collectors.joining("", head, "}\n"));
            return """
                    // Written by ForwarderGenerator, which says how to write it again: do not edit.
                    package org.cabstand.internal.jdbc;

                    %s
                    %s"""
                    .formatted(imports(methods, body), body);
        }

        /** What a type has from another one, the superclass forwards. */
        private boolean isOwn(Class<?> declaring) {
            return declaring == type
                    || declaring == Wrapper.class
                            && List.of(type.getInterfaces()).contains(declaring);
        }

        private String imports(List<Method> methods, String body) {
            Stream<Class<?>> ofMethods =
                    methods.stream()
                            .flatMap(
                                    method ->
                                            Stream.of(
                                                    new Class<?>[] {method.getReturnType()},
                                                    method.getParameterTypes(),
                                                    method.getExceptionTypes()))
                            .flatMap(Arrays::stream);
            return Stream.concat(Stream.of(Generated.class, type, type.getSuperclass()), ofMethods)
                    .filter(each -> each != null && !each.getPackageName().equals("java.lang"))
                    .filter(each -> body.matches("(?s).*\\b" + each.getSimpleName() + "\\b.*"))
                    .map(each -> "import " + each.getName() + ";\n")
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining());
        }

        private String forward(Method method) {
            String signature =
                    "public %s%s %s(%s)"
                            .formatted(
                                    method.getTypeParameters().length == 0 ? "" : "<T> ",
                                    text(method.getGenericReturnType()),
                                    method.getName(),
                                    parameters(method));
            String statement =
                    (method.getReturnType() == void.class ? "" : "return ") + given(method) + ";";
            if (method.getExceptionTypes().length == 0) {
                return """

                            @Override
                            %s {
                                %s
                            }
                        """
                        .formatted(signature, statement);
            }
            return """

                        @Override
                        %s throws %s {
                    %s        try {
                                %s
                            } catch (%s e) {
                                throw %s;
                            }
                        }
                    """
                    .formatted(
                            signature,
                            text(method.getExceptionTypes()[0]),
                            before(method).indent(8),
                            statement,
                            text(method.getExceptionTypes()[0])
                                    + (executes(method) ? " | RuntimeException | Error" : ""),
                            executes(method) ? "failed(e)" : failure());
        }

        private boolean isStream() {
            return !type.isInterface();
        }

        private boolean executes(Method method) {
            return Statement.class.isAssignableFrom(type) && method.getName().matches(EXECUTES);
        }

        /** The statement before the call; may be empty. */
        private String before(Method called) {
            String method = called.getName();
            if (executes(called)) {
                boolean given =
                        called.getParameterCount() > 0
                                && called.getParameterTypes()[0] == String.class;
                return "executing(" + (given ? "a" : "text()") + ");";
            }
            if (type == Connection.class) {
                return "";
            }
            if (type == ResultSetMetaData.class) {
                return method.matches(ASKS_NOBODY)
                        ? ""
                        : "owner.checkNotOver(\"" + text(type) + "\");";
            }
            if (isStream()) {
                // what was read is of no use any more; what was not written must not be lost in
                // silence
                return delegate.equals("in") && method.equals("close")
                        ? "if (OwnedStreams.isOver(owner)) {\n    return;\n}"
                        : "OwnedStreams.check(owner);";
            }
            return method.matches(WRITES) ? "owner.executing();" : "";
        }

        /** What the caller gets: what the call gives, or ours instead of the driver's. */
        private String given(Method method) {
            String call = "%s.%s(%s)".formatted(delegate, method.getName(), arguments(method));
            if (type == Connection.class || isStream()) {
                return call;
            }
            if (executes(method)) {
                return "executed(" + call + ")";
            }
            if (method.getDeclaringClass() == Wrapper.class) {
                return method.getName().equals("unwrap")
                        ? "Wrappers.unwrap(owner, " + delegate + ", a)"
                        : "Wrappers.isWrapperFor(" + delegate + ", a)";
            }
            if (method.getReturnType() == ResultSet.class) {
                return "results(" + call + ")";
            }
            if (method.getReturnType() == ResultSetMetaData.class) {
                return "HandedOut.metaData(owner, " + call + ")";
            }
            if (method.getTypeParameters().length > 0) {
                return "HandedOut.of(owner, " + call + ", b)"; // of the type that was asked for
            }
            return text(method.getReturnType()).matches(HANDED_OUT)
                    ? "HandedOut.of(owner, " + call + ")"
                    : call;
        }

        private String arguments(Method method) {
            Class<?>[] types = method.getParameterTypes();
            boolean takesBack = type != Connection.class;
            return IntStream.range(0, types.length)
                    .mapToObj(
                            i ->
                                    takesBack && text(types[i]).matches(TAKEN_BACK)
                                            ? "HandedOut.driver(" + parameter(i) + ")"
                                            : parameter(i))
                    .collect(Collectors.joining(", "));
        }

        /** What is thrown for the driver's error {@code e}. */
        private String failure() {
            if (type == Connection.class) {
                return "failed(e)";
            }
            return isStream() ? "OwnedStreams.failed(owner, e)" : "owner.failed(e)";
        }
    }

    private static String nameIn(String declaration) {
        return declaration.replaceFirst("(?s).*?class (\\w+).*", "$1");
    }

    /** As {@link #NEWER} has it. */
    static String signature(Method method) {
        return "%s %s(%s)"
                .formatted(
                        text(method.getDeclaringClass()),
                        method.getName(),
                        Arrays.stream(method.getParameterTypes())
                                .map(ForwarderGenerator::text)
                                .collect(Collectors.joining(", ")));
    }

    private static String parameters(Method method) {
        Type[] types = method.getGenericParameterTypes();
        return IntStream.range(0, types.length)
                .mapToObj(i -> text(types[i]) + " " + parameter(i))
                .collect(Collectors.joining(", "));
    }

    /** The classes of the JDK do not tell how their parameters are called. */
    private static String parameter(int index) {
        return String.valueOf((char) ('a' + index));
    }

    private static String text(Type type) {
        if (type instanceof Class<?> named) {
            return named.getSimpleName();
        }
        return type instanceof ParameterizedType generic
                ? text(generic.getRawType())
                        + Arrays.stream(generic.getActualTypeArguments())
                                .map(ForwarderGenerator::text)
                                .collect(Collectors.joining(", ", "<", ">"))
                : type.getTypeName();
    }
}
