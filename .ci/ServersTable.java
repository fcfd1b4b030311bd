import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes the table of docs/servers.md from the reports of the tests. From the root of the repository:
 *
 * <ul>
 *   <li>{@code java .ci/ServersTable.java} after {@code mvn -B verify} writes what every build shows;
 *   <li>{@code … --more} after {@code mvn -B -Pmore-servers verify} adds what only that one shows;
 *   <li>{@code … --check}, as in .ci/run, writes nothing, and fails when the page is not what the reports say, or when
 *       a test did not run that the page says every build runs (with {@code --more}: any that it says was run).
 * </ul>
 *
 * <p>Cells whose tests did not run stay as they are, for a run of some tests says nothing of the others: who takes a
 * test out of the build empties its cells by hand. A column may stay uncompared only if its server needs Java 21, with
 * {@code --without-java-21}.
 */
class ServersTable {

    private static final Path PAGE = Path.of("docs/servers.md");
    private static final String BEGIN = "<!-- generated from the test reports by .ci/ServersTable.java -->\n";
    private static final String END = "<!-- end -->";

    private static final String EVERY_BUILD = "yes";
    private static final String MORE = "yes*";

    private static final List<Server> SERVERS =
            List.of(
                    new Server("wildfly", "WildFly", true, false),
                    new Server("payara", "Payara 6", true, false),
                    new Server("liberty", "Open Liberty", true, false),
                    new Server("payara7", "Payara 7", false, true),
                    new Server("glassfish", "GlassFish 8", false, true),
                    new Server("glassfish7", "GlassFish 7", false, false),
                    new Server("tomcat", "Tomcat with Weld", false, false),
                    new Server("payara-micro", "Payara Micro", false, false),
                    new Server("wildfly-preview", "WildFly Preview", false, true),
                    new Server("liberty-ee11", "Open Liberty, EE 11", false, true),
                    new Server("tomee", "TomEE", false, false),
                    new Server("jetty", "Jetty with Weld", false, false));

    private static final List<Check> CHECKS =
            List.of(
                    new Check("injection", "injection, look-up", "InjectionIT"),
                    new Check("return", "the connection returns at every request's end", "ReturnIT"),
                    new Check("leak", "a thousand requests of all kinds leave nothing behind", "LeakIT"),
                    new Check("last-words", "`@PreDestroy` may commit", "LastWordsIT"),
                    new Check("state", "no state reaches the next request", "StateIT"),
                    new Check("after", "use after the request is refused", "UseAfterRequestIT"),
                    new Check("databases", "pools on PostgreSQL and MariaDB side by side", "DatabasesIT"),
                    new Check("blame", "reports name the application's code", "BlameIT"),
                    new Check("migration", "Flyway at start", "MigrationIT"),
                    new Check("jta", "JTA transactions", "TransactionIT"),
                    new Check("jta", "JTA transactions that time out", "TransactionIT", "transactionThatTime"),
                    new Check("ejb", "transactions of EJBs", "EjbTransactionIT"),
                    new Check("jpa-entities", "injected `EntityManager`", "EntityManagerIT", "", "jpa", "jpa-hibernate"),
                    new Check("jpa-unit-of-file", "unit of a `persistence.xml` over a pool", "UnitOfFileIT"),
                    new Check("jpa-own", "JPA by hand over the `DataSource`", "JpaIT"),
                    new Check("data", "Jakarta Data repositories", "RepositoryIT", "", "data-over-pools"),
                    new Check("health", "readiness", "HealthIT", "", "health-numbers"),
                    new Check("telemetry", "metrics by MicroProfile Telemetry", "TelemetryIT"),
                    new Check("operations", "`PoolOperations`, JMX", "OperationsIT", "", "failed-start"),
                    new Check("console", "console", "ConsoleIT"),
                    new Check("redeploy", "redeployment leaves nothing behind", "RedeployIT"),
                    new Check("two-wars", "two WARs on a server", "TwoWarsIT"),
                    new Check("ear-lib", "EAR, all in `lib`", "EarIT", "withJarAndConfigurationInItsLib"),
                    new Check("ear-wars", "EAR, all in each WAR", "EarIT", "withJarAndConfigurationInEachWar"),
                    new Check("ear-mixed", "EAR, jar in each WAR, configuration in `lib`", "EarIT", "withAJarInEachWar"),
                    new Check("shared", "jar in a shared library or module of the server", "SharedLibraryIT"),
                    new Check("sigterm", "SIGTERM: not ready first, requests in flight finish", "SigtermIT"),
                    new Check("callers", "asynchronous observers, server-sent events, WebSockets", "OtherCallersIT"),
                    new Check("around", "filters, listeners, providers, observers of transactions, the server's executors", "AroundRequestsIT"),
                    new Check("fault-tolerance", "asynchronous methods of MicroProfile Fault Tolerance", "FaultToleranceIT"),
                    new Check("ejb", "timers and asynchronous methods of EJBs", "EjbCallersIT"));

    private final boolean check;
    private final boolean more;
    private final boolean withoutJava21;
    private final List<String> faults = new ArrayList<>();

    /**
     * A column.
     *
     * @param module its folder in integration-tests
     * @param whole whether every build runs the whole suite there, so that no cell may be empty
     */
    record Server(String module, String title, boolean whole, boolean needsJava21) {

        Path reports() {
            return Path.of("integration-tests", module, "target/failsafe-reports");
        }

        /** What it cannot do, by check or detail, with the reason. */
        Map<String, String> cannot() throws IOException {
            Properties properties = new Properties();
            Path file = Path.of("integration-tests", module, "src/test/resources/cannot.properties");
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
            Map<String, String> sorted = new TreeMap<>();
            properties.forEach((key, value) -> sorted.put((String) key, (String) value));
            return sorted;
        }
    }

    /**
     * A row: the tests of a class whose names begin so.
     *
     * @param id the key in cannot.properties of servers that cannot do it at all
     * @param details keys of what some servers cannot do of it, beside those that begin with {@code id.}
     */
    record Check(String id, String title, String test, String method, Set<String> details) {

        Check(String id, String title, String test) {
            this(id, title, test, "");
        }

        Check(String id, String title, String test, String method, String... details) {
            this(id, title, test, method, Set.of(details));
        }

        boolean concerns(String key) {
            return key.equals(id) || key.startsWith(id + ".") || details.contains(key);
        }
    }

    enum Result {
        PASSED,
        FAILED,
        NOT_RUN
    }

    ServersTable(List<String> arguments) {
        check = arguments.contains("--check");
        more = arguments.contains("--more");
        withoutJava21 = arguments.contains("--without-java-21");
    }

    public static void main(String[] arguments) throws Exception {
        ServersTable table = new ServersTable(List.of(arguments));
        System.exit(table.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END, begin);
        if (begin < BEGIN.length() || end < 0) {
            throw new IllegalStateException(PAGE + " has no line '" + BEGIN.strip() + "', or no '" + END + "' after it");
        }
        String table = table(cells(page.substring(begin, end)));
        String now = page.substring(0, begin) + table + page.substring(end);
        if (check && faults.isEmpty() && !now.equals(page)) {
            faults.add("the table of " + PAGE + " is not what the tests say, which is:\n" + table);
        }
        faults.forEach(fault -> System.err.println("FAILED: " + fault));
        if (!check && faults.isEmpty()) {
            Files.writeString(PAGE, now);
        }
        return faults.isEmpty();
    }

    /** The cells of the page, without the notes, by the titles of their column and row. */
    private static Map<String, String> cells(String table) {
        Map<String, String> cells = new HashMap<>();
        List<String[]> rows = table.lines().filter(line -> line.startsWith("|")).map(ServersTable::row).toList();
        for (String[] row : rows) {
            for (int column = 1; column < row.length; column++) {
                cells.put(rows.get(0)[column] + "|" + row[0], row[column].replaceAll(" *\\[.*", ""));
            }
        }
        return cells;
    }

    private static String[] row(String line) {
        return Stream.of(line.substring(1).split("\\|")).map(String::strip).toArray(String[]::new);
    }

    private String table(Map<String, String> before) throws Exception {
        StringBuilder table = new StringBuilder("| |");
        for (Server server : SERVERS) {
            table.append(' ').append(server.title()).append(" |");
            for (String key : server.cannot().keySet()) {
                if (CHECKS.stream().noneMatch(check -> check.concerns(key))) {
                    faults.add("no row has the key '" + key + "' of " + server.module() + "'s cannot.properties");
                }
            }
            if (!Files.exists(server.reports())) {
                missing(server, before);
            }
        }
        table.append("\n|---|").append("---|".repeat(SERVERS.size())).append('\n');
        Map<String, Integer> notes = new LinkedHashMap<>();
        for (Check check : CHECKS) {
            table.append("| ").append(check.title()).append(" |");
            for (Server server : SERVERS) {
                Map<String, String> cannot = server.cannot();
                String old = before.getOrDefault(server.title() + "|" + check.title(), "");
                String cell = cannot.containsKey(check.id()) ? "no" : cell(server, check, old);
                table.append(cell.isEmpty() ? "" : " ").append(cell);
                cannot.entrySet().stream()
                        .filter(each -> check.concerns(each.getKey()))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .forEach(
                                reason -> {
                                    notes.putIfAbsent(reason, notes.size() + 1);
                                    table.append(" [").append(notes.get(reason)).append(']');
                                });
                table.append(" |");
            }
            table.append('\n');
        }
        table.append('\n');
        notes.forEach((reason, number) -> table.append("- [").append(number).append("] ").append(reason).append('\n'));
        return table.toString();
    }

    private void missing(Server server, Map<String, String> before) {
        boolean shouldRun =
                CHECKS.stream()
                        .map(check -> before.getOrDefault(server.title() + "|" + check.title(), ""))
                        .anyMatch(cell -> cell.equals(EVERY_BUILD) || more && cell.equals(MORE));
        if (withoutJava21 && server.needsJava21()) {
            System.err.println("NOT COMPARED: " + server.title() + " needs Java 21 or later");
        } else if (check && (shouldRun || server.whole())) {
            faults.add("the tests of " + server.title() + " did not run");
        } else {
            System.err.println("NOT COMPARED: " + server.title() + " was not run");
        }
    }

    private String cell(Server server, Check check, String old) throws Exception {
        String what = check.title() + ", " + server.title();
        switch (result(server, check)) {
            case PASSED:
                return more && !old.equals(EVERY_BUILD) ? MORE : EVERY_BUILD;
            case FAILED:
                faults.add(what + ": a test of " + check.test() + " failed, or was skipped");
                return old;
            default:
                boolean shouldRun = server.whole() || old.equals(EVERY_BUILD) || more && old.equals(MORE);
                if (this.check && shouldRun && Files.exists(server.reports())) {
                    faults.add(what + ": " + check.test() + "." + check.method() + "* did not run. If that is meant, empty the cell");
                }
                return old;
        }
    }

    /** Of all executions, which may have folders of their own. A test that passed when it was repeated has passed. */
    private Result result(Server server, Check check) throws Exception {
        String name = "TEST-org.cabstand.it." + check.test() + ".xml";
        List<Path> reports = List.of();
        if (Files.exists(server.reports())) {
            try (Stream<Path> files = Files.walk(server.reports())) {
                reports = files.filter(file -> file.getFileName().toString().equals(name)).toList();
            }
        }
        boolean run = false;
        for (Path report : reports) {
            int tests = 0;
            NodeList all =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(report.toFile())
                            .getElementsByTagName("testcase");
            for (int i = 0; i < all.getLength(); i++) {
                Element test = (Element) all.item(i);
                // the name is empty when the class failed before its tests
                if (test.getAttribute("name").isEmpty() || test.getAttribute("name").startsWith(check.method())) {
                    tests++;
                    for (String bad : List.of("failure", "error", "skipped")) {
                        if (test.getElementsByTagName(bad).getLength() > 0) {
                            return Result.FAILED;
                        }
                    }
                }
            }
            run |= tests > 0;
        }
        return run ? Result.PASSED : Result.NOT_RUN;
    }
}
