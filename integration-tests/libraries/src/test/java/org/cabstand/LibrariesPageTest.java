package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of what a library writes, in each way to use it: the rows of docs/libraries.md are what is seen here. */
class LibrariesPageTest extends LibraryFixture {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("CAB0\\d+");

    /** What has happened in one run. */
    private record Outcome(boolean written, String error) {}

    private static int id;

    @BeforeAll
    static void createTables() throws Exception {
        BackgroundWays.createTables(dataSource("on3"));
    }

    @AfterAll
    static void closeFactories() throws Exception {
        JpaWays.close();
        BackgroundWays.close();
    }

    static Stream<Way> ways() {
        return Stream.of(
                        QueryWays.all(),
                        SpringWays.all(),
                        JpaWays.all(),
                        ToolWays.all(),
                        BackgroundWays.all())
                .flatMap(List::stream);
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/libraries.md"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void saysWhatBecomesOfWhatIsWritten(Way way) throws Exception {
        String joins = inTransaction(way, "on");
        assertThat(inTransaction(way, "off")).as("without auto-commit").isEqualTo(joins);
        if (joins.equals("takes part")) {
            assertThat(inSuspendingTransaction(way)).isEqualTo(new Outcome(true, null));
        }
        String row =
                "| %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                way.library(),
                                way.name(),
                                outside(way, "on"),
                                outside(way, "off"),
                                joins,
                                way.advice());
        assertThat(page()).contains(row);
    }

    @Test
    void hasNoRowOfAnythingElse() throws IOException {
        List<String> begins =
                ways().map(way -> "| " + way.library() + " | " + way.name() + " |").toList();
        assertThat(
                        page().stream()
                                .filter(line -> line.matches("\\| .+\\|.+\\|.+\\|.+\\|.+\\|.+\\|")))
                .allMatch(
                        line ->
                                line.startsWith("| library |")
                                        || begins.stream().anyMatch(line::startsWith));
    }

    @Test
    void namesTheVersions() throws IOException {
        String page = String.join("\n", page());
        for (String pom : new String[] {"integration-tests/libraries/pom.xml"}) {
            Matcher versions =
                    Pattern.compile("<([a-z0-9-]+)\\.version>([^<$]+)</")
                            .matcher(Files.readString(ROOT.resolve(pom)));
            while (versions.find()) {
                assertThat(page).as(versions.group(1)).contains(" " + versions.group(2));
            }
        }
    }

    private static Way.Application application(String pool) {
        return new Way.Application(
                dataSource(pool),
                connection(pool),
                app.get(TransactionManager.class),
                com.arjuna.ats.jta.UserTransaction.userTransaction());
    }

    /** A checked exception would not end the transaction. */
    private static void unchecked(Way way, String pool, int number) {
        try {
            way.writer().write(application(pool), number);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String outside(Way way, String mode) throws Exception {
        String pool = mode + way.connections();
        Outcome outcome = run(way, number -> way.writer().write(application(pool), number));
        if (outcome.error() != null) {
            assertThat(outcome.written()).as("written before " + outcome.error()).isFalse();
            return "fails";
        }
        return outcome.written() ? "committed" : "not committed";
    }

    private static String inTransaction(Way way, String mode) throws Exception {
        String pool = mode + way.connections();
        Outcome committed = run(way, number -> transaction(() -> unchecked(way, pool, number)));
        Outcome rolledBack =
                run(
                        way,
                        number ->
                                transaction(
                                        () -> {
                                            unchecked(way, pool, number);
                                            app.get(TransactionManager.class).setRollbackOnly();
                                        }));
        assertThat(rolledBack.written())
                .as("written in a transaction that was rolled back")
                .isFalse();
        if (committed.error() != null) {
            assertThat(committed.written()).as("written before " + committed.error()).isFalse();
            return "refused (" + committed.error() + ")";
        }
        assertThat(committed.written()).as("written in a transaction that was committed").isTrue();
        return "takes part";
    }

    /** The transaction around it is rolled back. */
    private static Outcome inSuspendingTransaction(Way way) throws Exception {
        String pool = "on" + (way.connections() + 1);
        return run(
                way,
                number ->
                        transaction(
                                () -> {
                                    Sql.run(connection(pool), "insert into ride values (0)");
                                    app.get(Suspending.class)
                                            .requiresNew(() -> unchecked(way, pool, number));
                                    app.get(TransactionManager.class).setRollbackOnly();
                                }));
    }

    private interface Numbered {
        void run(int number) throws Exception;
    }

    private static Outcome run(Way way, Numbered work) throws Exception {
        int number = ++id;
        String error = null;
        try {
            app.request(() -> work.run(number));
        } catch (Exception e) {
            error = code(e);
        }
        try (Connection connection = control()) {
            String count = Sql.one(connection, way.effect().formatted(number));
            return new Outcome(count.equals("1"), error);
        }
    }

    private static String code(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
            if (code.find()) {
                return code.group();
            }
        }
        return error.toString();
    }
}
