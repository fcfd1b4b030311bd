package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that does not fit the URL, and a URL with a password in it, stop the deployment. */
class DriverFaultsTest {

    private static final String SECRET = "s3cr3t-mark";

    private static Map<String, String> pool(String... properties) {
        Map<String, String> pool = new TreeMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            pool.put("cabstand.pool.test." + properties[i], properties[i + 1]);
        }
        return pool;
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static List<String> faults(Map<String, String> properties) {
        Throwable error = catchThrowable(() -> TestApplication.start(properties).close());
        assertThat(error).as("error of the deployment").isNotNull();
        assertThat(trace(error)).doesNotContain(SECRET);
        return error.getMessage().lines().filter(line -> line.startsWith("- ")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "org.h2.Driver,jdbc:postgresql://db/x",
        "org.postgresql.Driver,jdbc:h2:mem:x",
        "org.mariadb.jdbc.Driver,jdbc:mysql://db/x",
        "com.mysql.cj.jdbc.Driver,jdbc:mariadb://db/x",
        "org.sqlite.JDBC,jdbc:h2:mem:x",
        "org.hsqldb.jdbc.JDBCDriver,jdbc:derby:memory:x",
        "org.apache.derby.iapi.jdbc.AutoloadedDriver,jdbc:hsqldb:mem:x",
        "org.postgresql.ds.PGSimpleDataSource,jdbc:h2:mem:x",
        "org.mariadb.jdbc.MariaDbDataSource,jdbc:postgresql://db/x?password=" + SECRET
    })
    void aDriverThatDoesNotAcceptTheUrlIsAFault(String driver, String url) {
        assertThat(faults(pool("url", url, "driver", driver)))
                .singleElement()
                .asString()
                .startsWith("- CAB0015: 'cabstand.pool.test.driver' is '" + driver + "'");
    }

    @Test
    void soIsADataSourceWithoutASetterForAProperty() {
        assertThat(
                        faults(
                                pool(
                                        "url",
                                        "jdbc:h2:mem:x",
                                        "driver",
                                        "org.h2.jdbcx.JdbcDataSource",
                                        "properties.nosuch",
                                        SECRET)))
                .singleElement()
                .asString()
                .startsWith("- CAB0015")
                .contains("no setter for 'nosuch'");
    }

    @Test
    void soIsAValueThatASetterDoesNotTake() {
        assertThat(
                        faults(
                                pool(
                                        "url",
                                        "jdbc:postgresql://db/x",
                                        "driver",
                                        "org.postgresql.ds.PGSimpleDataSource",
                                        "properties.preparethreshold",
                                        "many")))
                .singleElement()
                .asString()
                .startsWith("- CAB0015")
                .contains("many");
    }

    @Test
    void soItIsForXa() {
        assertThat(
                        faults(
                                pool(
                                        "url",
                                        "jdbc:h2:mem:x",
                                        "driver",
                                        "org.postgresql.xa.PGXADataSource",
                                        "transactions",
                                        "xa")))
                .anyMatch(fault -> fault.startsWith("- CAB0015: 'cabstand.pool.test.driver'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://shop:" + SECRET + "@127.0.0.1/x",
                "jdbc:postgresql://shop:" + SECRET + "@127.0.0.1:5432/x?ssl=true",
                "jdbc:postgresql://shop:a/" + SECRET + "@127.0.0.1/x",
                "jdbc:mysql://shop:" + SECRET + "@127.0.0.1/x",
                "jdbc:mariadb://shop:" + SECRET + "@127.0.0.1/x",
                "jdbc:h2:tcp://shop:" + SECRET + "@127.0.0.1/x",
                "jdbc:hsqldb:hsql://shop:" + SECRET + "@127.0.0.1/x",
                "jdbc:postgresql://" + SECRET + "@127.0.0.1/x"
            })
    void credentialsBeforeTheHostAreAFaultThatNamesTheirKeys(String url) {
        List<String> logged = new ArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord log) {
                        logged.add(log.getMessage() + List.of(orNothing(log.getParameters())));
                    }

                    private Object[] orNothing(Object[] parameters) {
                        return parameters == null ? new Object[0] : parameters;
                    }

                    @Override
                    public void flush() {
                        // nothing is kept
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            assertThat(faults(pool("url", url)))
                    .anySatisfy(
                            fault ->
                                    assertThat(fault)
                                            .startsWith("- CAB0023: 'cabstand.pool.test.url'")
                                            .contains(
                                                    "'cabstand.pool.test.username'",
                                                    "'cabstand.pool.test.password'"))
                    .hasSize(1);
        } finally {
            root.removeHandler(handler);
        }
        assertThat(logged).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void aUrlOfAnotherPoolIsAnsweredWithOurs() {
        assertThat(faults(pool("url", "jdbc:postgres://shop:" + SECRET + "@db/x")))
                .anyMatch(fault -> fault.startsWith("- CAB0023"))
                .anyMatch(
                        fault ->
                                fault.startsWith("- CAB0014")
                                        && fault.endsWith(" Did you mean 'jdbc:postgresql://…'?"))
                .hasSize(2);
    }

    @Test
    void aDriverOfTheDefaultsIsReportedOnceWithItsKey() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("cabstand.pool.a.url", "jdbc:h2:mem:a");
        properties.put("cabstand.pool.b.url", "jdbc:h2:mem:b");
        properties.put("cabstand.defaults.driver", "com.acme.NoSuchDriver");
        assertThat(faults(properties))
                .singleElement()
                .asString()
                .startsWith("- CAB0013: 'cabstand.defaults.driver'");
    }

    @Test
    void aPasswordInTheUrlsParametersIsInNoErrorOfTheDriver() {
        FakeDatabase database =
                new FakeDatabase("talks?user=app&password=" + SECRET + "%2Fx;y")
                        .onConnect(
                                properties -> {
                                    SQLException error =
                                            new SQLException("no host " + SECRET + "/x;y", "08001");
                                    error.addSuppressed(new SQLException(SECRET + "%2Fx;y"));
                                    throw error;
                                });
        try (var app = TestApplication.start(database.pool())) {
            Throwable error =
                    catchThrowable(
                            () -> {
                                try (Connection c = app.dataSource().getConnection()) {
                                    c.isValid(1);
                                }
                            });
            assertThat(error).hasMessageStartingWith("CAB0103");
            assertThat(trace(error)).doesNotContain(SECRET);
        }
    }
}
