package org.cabstand.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The forwarders are what the generator writes, and know each method of the JDK that runs this. */
class ForwarderGeneratorTest {

    private static final Path SOURCES = Path.of("src/generated/java/org/cabstand/internal/jdbc");

    private static final Map<Class<?>, Class<?>> OURS =
            Map.of(
                    Connection.class, ConnectionHandle.class,
                    Statement.class, PooledStatement.class,
                    PreparedStatement.class, PooledPreparedStatement.class,
                    CallableStatement.class, PooledCallableStatement.class,
                    ResultSet.class, PooledResultSet.class,
                    ResultSetMetaData.class, PooledResultSetMetaData.class,
                    Savepoint.class, OwnedSavepoint.class);

    /** As of a JDK that is not there yet. */
    interface NewerMetaData extends ResultSetMetaData {
        default int added(int column) {
            return column;
        }
    }

    @Test
    void whatIsCheckedInIsWhatTheGeneratorWrites() throws IOException {
        Map<String, String> checkedIn = new TreeMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.forEach(file -> checkedIn.put(file.getFileName().toString(), read(file)));
        }
        assertThat(checkedIn)
                .as("run ForwarderGenerator, as its javadoc says, and check in what it writes")
                .isEqualTo(ForwarderGenerator.sources());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noMethodOfThisJdkIsLeftToItsDefault() {
        assertThat(OURS.entrySet().stream().flatMap(each -> left(each.getKey(), each.getValue())))
                .as(
                        "methods of JDK %s that reach no driver: see ForwarderGenerator.NEWER",
                        Runtime.version().feature())
                .isEmpty();
    }

    @Test
    void methodsThatANewerJdkAddsAreReported() {
        assertThat(left(NewerMetaData.class, PooledResultSetMetaData.class))
                .containsExactly("NewerMetaData added(int)");
    }

    /** Those that our class has from the interface, or not at all. */
    private static Stream<String> left(Class<?> type, Class<?> ours) {
        return Arrays.stream(type.getMethods())
                .filter(Method::isDefault) // the compiler asks for the others
                .filter(method -> !isOverridden(method, ours))
                .map(ForwarderGenerator::signature)
                .filter(signature -> !ForwarderGenerator.NEWER.contains(signature));
    }

    private static boolean isOverridden(Method method, Class<?> ours) {
        return Arrays.stream(ours.getMethods())
                .filter(each -> !each.getDeclaringClass().isInterface())
                .filter(each -> each.getName().equals(method.getName()))
                .anyMatch(
                        each ->
                                Arrays.equals(
                                        each.getParameterTypes(), method.getParameterTypes()));
    }
}
