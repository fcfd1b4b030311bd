package org.cabstand.internal.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.FilterReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the classes that forward, call by call, to the driver's objects. It needs a JDK alone; from the
 * root of the repository:
 *
 * <pre>
 * javac -d target/generator -sourcepath extension/src/test/java \
 *     extension/src/test/java/org/cabstand/internal/jdbc/ForwarderGenerator.java
 * java -cp target/generator org.cabstand.internal.jdbc.ForwarderGenerator
 * </pre>
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

    private static String nameIn(String declaration) {
        return declaration.replaceFirst("(?s).*?class (\\w+).*", "$1");
    }

    /** As {@link #NEWER} has it. */
    static String signature(Method method) {
        return "%s %s(%s)"
                .formatted(
                        Forwarder.text(method.getDeclaringClass()),
                        method.getName(),
                        Arrays.stream(method.getParameterTypes())
                                .map(Forwarder::text)
                                .collect(Collectors.joining(", ")));
    }
}
