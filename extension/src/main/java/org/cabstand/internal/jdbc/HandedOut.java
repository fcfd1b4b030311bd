package org.cabstand.internal.jdbc;

import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;

/**
 * An object of the driver that keeps its connection, such as an array or a large object. It works until the use that it
 * was obtained in ends, because the connection may then belong to somebody else.
 *
 * <p>It is a dynamic proxy, because such objects are rare, and their work takes longer than the way through a proxy.
 *
 * <p>Thread safety: that of the driver's object.
 */
final class HandedOut implements InvocationHandler {

    /** The types of such objects. A driver's class may implement several of them; the first one names it in errors. */
    private static final List<Class<?>> TYPES =
            List.of(
                    Array.class,
                    Clob.class,
                    NClob.class,
                    Blob.class,
                    SQLXML.class,
                    Struct.class,
                    Ref.class,
                    ParameterMetaData.class);

    /** Streams of these types hold all of their data. */
    private static final List<Class<?>> IN_MEMORY =
            List.of(ByteArrayInputStream.class, StringReader.class, CharArrayReader.class);

    private final ConnectionUse owner;
    private final Class<?> type;
    private final Object delegate;

    private HandedOut(ConnectionUse owner, Class<?> type, Object delegate) {
        this.owner = owner;
        this.type = type;
        this.delegate = delegate;
    }

    /**
     * Returns the object for the application in place of the driver's.
     *
     * @param <T> an interface of {@code java.sql}, a stream of {@code java.io}, or Object
     * @param owner the use that it was obtained in
     * @param value anything
     * @return the value itself when it keeps no connection
     */
    @SuppressWarnings("unchecked")
    static <T> T of(ConnectionUse owner, T value) {
        // except for streams, the JDK's own classes know no connection: numbers, strings, dates
        return value == null
                        || value instanceof String
                        || value instanceof Number
                        || value instanceof java.util.Date
                ? value
                : (T) wrap(owner, value);
    }

    /**
     * As {@link #of(ConnectionUse, Object)}, when the application names the type it wants.
     *
     * @return also the value itself if only a class of the driver will do, as with {@code unwrap}
     */
    static <T> T of(ConnectionUse owner, T value, Class<T> type) {
        Object wrapped = of(owner, (Object) value);
        if (type.isInstance(wrapped)) {
            return type.cast(wrapped);
        }
        if (value != null) {
            owner.unwrapped();
        }
        return value;
    }

    /** Goes by the declared type, because one class of a driver may be both results and their metadata. */
    static ResultSetMetaData metaData(ConnectionUse owner, ResultSetMetaData metaData) {
        return metaData == null ? null : new PooledResultSetMetaData(owner, metaData);
    }

    private static Object wrap(ConnectionUse owner, Object value) {
        if (value instanceof InputStream stream) {
            return isInMemory(stream) ? stream : new OwnedInputStream(owner, stream);
        }
        if (value instanceof Reader reader) {
            return isInMemory(reader) ? reader : new OwnedReader(owner, reader);
        }
        if (value.getClass().getClassLoader() == null) {
            return value; // a class of the JDK, such as a date or UUID: saves the search below
        }
        if (value instanceof ResultSet results) {
            return new DetachedResultSet(owner, results);
        }
        if (value instanceof OutputStream stream) {
            return new OwnedOutputStream(owner, stream);
        }
        if (value instanceof Writer writer) {
            return new OwnedWriter(owner, writer);
        }
        List<Class<?>> types = TYPES.stream().filter(type -> type.isInstance(value)).toList();
        return types.isEmpty()
                ? value
                : Proxy.newProxyInstance(
                        HandedOut.class.getClassLoader(),
                        types.toArray(Class<?>[]::new),
                        new HandedOut(owner, types.get(0), value));
    }

    private static boolean isInMemory(Object stream) {
        return IN_MEMORY.contains(stream.getClass());
    }

    /**
     * Returns the object for the driver in place of the application's.
     *
     * @param <T> an interface of {@code java.sql}, or Object
     * @param value anything
     * @return the driver's own object if the value wraps one
     * @throws SQLException when the driver would use a connection that may belong to somebody else by now
     */
    @SuppressWarnings("unchecked")
    static <T> T driver(T value) throws SQLException {
        return value instanceof Proxy
                        && Proxy.getInvocationHandler(value) instanceof HandedOut handedOut
                ? (T) handedOut.asParameter()
                : value;
    }

    /** Applies {@link #driver(Object)} to each. */
    static Object[] drivers(Object[] values) throws SQLException {
        if (values == null) {
            return null;
        }
        Object[] result = values;
        for (int i = 0; i < values.length; i++) {
            Object value = driver(values[i]);
            if (value != values[i]) {
                if (result == values) {
                    result = values.clone();
                }
                result[i] = value;
            }
        }
        return result;
    }

    private Object asParameter() throws SQLException {
        if (type != Array.class && type != Struct.class) {
            check(); // all others read through their connection
        }
        return delegate;
    }

    private void check() throws SQLException {
        owner.checkNotOver(type.getSimpleName());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return args[0] instanceof Proxy
                        && Proxy.getInvocationHandler(args[0]) instanceof HandedOut other
                        && delegate.equals(other.delegate);
            case "hashCode":
                return delegate.hashCode();
            case "toString":
                return owner.endedFor("") == null
                        ? delegate.toString() // the elements of an array, with some drivers
                        : type.getSimpleName() + " of a connection that was returned";
            case "free":
            case "close":
                if (owner.endedFor("") != null) {
                    return null; // it was freed with its use
                }
                break;
            default:
                check();
                if (writes(method)) {
                    owner.executing();
                }
        }
        Object[] given = args == null ? null : drivers(args);
        try {
            return switch (method.getName()) {
                case "unwrap" -> Wrappers.unwrap(owner, (Wrapper) delegate, (Class<?>) args[0]);
                case "isWrapperFor" ->
                        Wrappers.isWrapperFor((Wrapper) delegate, (Class<?>) args[0]);
                default -> wrapAll(method.invoke(delegate, given));
            };
        } catch (SQLException e) {
            throw owner.failed(e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause instanceof SQLException error ? owner.failed(error) : cause;
        }
    }

    /** Whether a method writes to a large object. Drivers write at once, or through the stream that they return. */
    private static boolean writes(Method method) {
        return method.getName().startsWith("set") || method.getName().equals("truncate");
    }

    /** Wraps attributes and elements as well, but not those of a driver's own type. */
    private Object wrapAll(Object value) {
        if (value instanceof Object[] values
                && values.getClass().getComponentType() == Object.class) {
            return Arrays.stream(values).map(this::wrapAll).toArray();
        }
        return of(owner, value);
    }
}
