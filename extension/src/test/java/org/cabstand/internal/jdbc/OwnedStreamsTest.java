package org.cabstand.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.FilterReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each method of a stream reaches the driver's, and each error its use; nothing does after that. */
class OwnedStreamsTest {

    private final Map<Class<?>, Supplier<Object>> drivers =
            Map.of(
                    FilterInputStream.class, BytesIn::new,
                    FilterReader.class, CharsIn::new,
                    FilterOutputStream.class, BytesOut::new,
                    FilterWriter.class, CharsOut::new);

    private final SQLException cause = new SQLException("broken", "08006");
    private final IOException error = new IOException(cause);

    /** Written by the streams of the driver. */
    private int calls;

    private IOException failed() {
        calls++;
        return error;
    }

    /** All that streams forward, and that may fail. */
    private Stream<Method> methods() {
        return drivers.keySet().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getExceptionTypes().length > 0);
    }

    /** The error of one of our methods over a failing stream; null if there is none. */
    private Throwable call(Method method, RecordingUse use) {
        Object ours = HandedOut.of(use, drivers.get(method.getDeclaringClass()).get());
        Class<?>[] types = method.getParameterTypes();
        Object[] args = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            args[i] = some(types[i], i);
        }
        Throwable thrown = catchThrowable(() -> method.invoke(ours, args));
        return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    }

    /** One byte or character from the beginning. */
    private static Object some(Class<?> type, int i) {
        if (type.isArray()) {
            return java.lang.reflect.Array.newInstance(type.getComponentType(), 1);
        }
        if (type == String.class) {
            return "x";
        }
        int number = i == 1 ? 0 : 1;
        return type == long.class ? (Object) (long) number : (Object) number;
    }

    private static boolean isEndOfReading(Method method) {
        return method.getName().equals("close")
                && (method.getDeclaringClass() == FilterInputStream.class
                        || method.getDeclaringClass() == FilterReader.class);
    }

    @Test
    void eachErrorReachesTheUse() {
        assertThat(methods())
                .allSatisfy(
                        method -> {
                            RecordingUse use = new RecordingUse();
                            assertThat(call(method, use)).isSameAs(error);
                            assertThat(use.errors).containsExactly(cause);
                        });
    }

    @Test
    void nothingReachesTheDriverAfterTheUse() {
        RecordingUse use = new RecordingUse();
        use.ended = new SQLException("over");
        assertThat(methods())
                .allSatisfy(
                        method -> {
                            Throwable thrown = call(method, use);
                            if (isEndOfReading(method)) {
                                assertThat(thrown).isNull();
                            } else {
                                assertThat(thrown)
                                        .isInstanceOf(IOException.class)
                                        .hasCause(use.ended);
                            }
                        });
        assertThat(calls).isZero();
        assertThat(use.errors).isEmpty();
    }

    private final class BytesIn extends InputStream {

        @Override
        public int read() throws IOException {
            throw failed();
        }

        @Override
        public int available() throws IOException {
            throw failed();
        }

        @Override
        public void reset() throws IOException {
            throw failed();
        }

        @Override
        public void close() throws IOException {
            throw failed();
        }
    }

    private final class CharsIn extends Reader {

        @Override
        public int read(char[] characters, int offset, int length) throws IOException {
            throw failed();
        }

        @Override
        public boolean ready() throws IOException {
            throw failed();
        }

        @Override
        public void mark(int limit) throws IOException {
            throw failed();
        }

        @Override
        public void reset() throws IOException {
            throw failed();
        }

        @Override
        public void close() throws IOException {
            throw failed();
        }
    }

    private final class BytesOut extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            throw failed();
        }

        @Override
        public void flush() throws IOException {
            throw failed();
        }

        @Override
        public void close() throws IOException {
            throw failed();
        }
    }

    private final class CharsOut extends Writer {

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            throw failed();
        }

        @Override
        public void flush() throws IOException {
            throw failed();
        }

        @Override
        public void close() throws IOException {
            throw failed();
        }
    }
}
