package org.cabstand.internal.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * A class that forwards.
 *
 * @param type its methods are forwarded
 * @param byHand but for these
 * @param head the class up to its first method
 * @param delegate what gets the calls
 */
record Forwarder(Class<?> type, String byHand, String head, String delegate) {

    /** What runs is told, what comes of it too, and every way in which it fails. */
    private static final String EXECUTES = "execute.*";

    private static final String WRITES = "(insert|update|delete|refresh)Row";

    /** How many columns there are, and what they are called, drivers know. */
    private static final String ASKS_NOBODY = "getColumn(Count|Label|Name)|isWrapperFor";

    /** They work through the connection. */
    private static final String HANDED_OUT =
            "Array|Blob|Clob|InputStream|NClob|Object|ParameterMetaData|Reader|Ref|SQLXML";

    /** Of these, what an application can only have from a connection; it may be ours. */
    private static final String TAKEN_BACK = "Array|Blob|Clob|NClob|Object|Ref|SQLXML";

    String source() {
        List<Method> methods =
                Arrays.stream(type.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> isOwn(method.getDeclaringClass()))
                        .filter(method -> !method.getName().matches(byHand))
                        .filter(
                                method ->
                                        !ForwarderGenerator.NEWER.contains(
                                                ForwarderGenerator.signature(method)))
                        .sorted(
                                Comparator.comparing(Method::getName)
                                        .thenComparing(Forwarder::parameters))
                        .toList();
        String body =
                methods.stream().map(this::forward).collect(Collectors.joining("", head, "}\n"));
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
                || declaring == Wrapper.class && List.of(type.getInterfaces()).contains(declaring);
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
                    called.getParameterCount() > 0 && called.getParameterTypes()[0] == String.class;
            return "executing(" + (given ? "a" : "text()") + ");";
        }
        if (type == Connection.class) {
            return "";
        }
        if (type == ResultSetMetaData.class) {
            return method.matches(ASKS_NOBODY) ? "" : "owner.checkNotOver(\"" + text(type) + "\");";
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

    static String text(Type type) {
        if (type instanceof Class<?> named) {
            return named.getSimpleName();
        }
        return type instanceof ParameterizedType generic
                ? text(generic.getRawType())
                        + Arrays.stream(generic.getActualTypeArguments())
                                .map(Forwarder::text)
                                .collect(Collectors.joining(", ", "<", ">"))
                : type.getTypeName();
    }
}
