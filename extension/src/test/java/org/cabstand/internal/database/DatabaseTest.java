package org.cabstand.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cabstand.internal.config.DatabasePresets;
import org.cabstand.internal.config.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data about databases; those that no build can start are covered here only. */
class DatabaseTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/x,POSTGRESQL",
        "jdbc:mysql://db/x,MYSQL",
        "jdbc:mariadb://db/x,MARIADB",
        "jdbc:sqlite:x.db,SQLITE",
        "jdbc:h2:mem:x,H2",
        "jdbc:hsqldb:mem:x,HSQLDB",
        "jdbc:derby:memory:x,DERBY",
        "jdbc:oracle:thin:@//db/x,ORACLE",
        "jdbc:sqlserver://db,SQLSERVER",
        "jdbc:db2://db/x,DB2",
        "jdbc:p6spy:postgresql://db/x,POSTGRESQL",
        "jdbc:otel:mariadb://db/x,MARIADB",
        "jdbc:jtds:sqlserver://db,OTHER",
        "jdbc:nosuch:x,OTHER"
    })
    void theUrlTellsTheDatabase(String url, Database expected) {
        assertThat(Database.of(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:x", "jdbc:p6spy:h2:mem:x", "jdbc:otel:sqlite::memory:"})
    void theUrlTellsThatADatabaseIsInMemory(String url) {
        assertThat(Database.of(url).isInMemory(url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER,08006,0,true",
        "OTHER,23505,0,false",
        "POSTGRESQL,57P01,0,true",
        "POSTGRESQL,25P03,0,true",
        "POSTGRESQL,57014,0,false", // a query that was cancelled
        "MYSQL,HY000,2013,true",
        "MARIADB,70100,1927,true",
        "MYSQL,23000,1062,false",
        "H2,90067,90067,true",
        "SQLITE,,11,true",
        "SQLITE,,5,false", // busy
        "ORACLE,66000,3113,true",
        "ORACLE,23000,1,false",
        "SQLSERVER,S0001,596,true",
        "SQLSERVER,23000,2627,false",
        "DB2,57033,-1224,true",
        "DB2,23505,-803,false"
    })
    void fatalErrorsAreKnown(Database database, String state, int code, boolean fatal) {
        assertThat(database.errors().isFatal(new SQLException("x", state, code))).isEqualTo(fatal);
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL,25006,0,true",
        "POSTGRESQL,42501,0,false", // a privilege is missing
        "MYSQL,HY000,1290,true",
        "MARIADB,25006,1792,true",
        "MARIADB,HY000,1836,true",
        "H2,25006,90097,false"
    })
    void aReadOnlyDatabaseIsKnown(Database database, String state, int code, boolean readOnly) {
        assertThat(database.errors().isReadOnly(new SQLException("x", state, code)))
                .isEqualTo(readOnly);
        assertThat(
                        database.errors()
                                .isReadOnly(
                                        new SQLException("y", new SQLException("x", state, code))))
                .isEqualTo(readOnly);
    }

    @Test
    void aFatalCauseAndAFatalNextExceptionCount() {
        SQLException fatal = new SQLException("gone", "08006");
        SQLException batch = new SQLException("batch");
        batch.setNextException(fatal);
        assertThat(Database.OTHER.errors().isFatal(new SQLException("wrapped", fatal))).isTrue();
        assertThat(Database.OTHER.errors().isFatal(batch)).isTrue();
    }

    @Test
    void limitsAreInTheDriversUnits() {
        Duration timeout = Duration.ofMillis(2500);
        assertThat(Database.POSTGRESQL.driver().loginLimits(timeout))
                .isEqualTo(
                        Map.of("loginTimeout", "3", "connectTimeout", "3", "socketTimeout", "3"));
        assertThat(Database.MYSQL.driver().loginLimits(timeout))
                .isEqualTo(Map.of("connectTimeout", "2500", "socketTimeout", "2500"));
        assertThat(Database.SQLSERVER.driver().loginLimits(timeout))
                .isEqualTo(Map.of("loginTimeout", "3", "socketTimeout", "2500"));
        assertThat(Database.OTHER.driver().loginLimits(timeout)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:x,true",
        "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1,false",
        "jdbc:h2:./x,false",
        "jdbc:sqlite::memory:,true",
        "jdbc:sqlite:file:x?mode=memory&cache=shared,true",
        "jdbc:sqlite:x.db,false",
        "jdbc:hsqldb:mem:x,true",
        "jdbc:derby:memory:x,true"
    })
    void aDatabaseInMemoryKeepsAConnection(String url, boolean kept) {
        Map<Key, String> presets = DatabasePresets.of(url);
        assertThat("1".equals(presets.get(Key.MIN_SIZE))).isEqualTo(kept);
        assertThat(Key.OFF.equals(presets.get(Key.MAX_LIFETIME))).isEqualTo(kept);
    }

    @Test
    void aDatabasePerConnectionHasOneConnection() {
        assertThat(DatabasePresets.of("jdbc:sqlite::memory:")).containsEntry(Key.MAX_SIZE, "1");
        assertThat(DatabasePresets.of("jdbc:sqlite:file:x?mode=memory&cache=shared"))
                .doesNotContainKey(Key.MAX_SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "ORACLE, v$session.program, shop-with-a-name-that-is-longer-than-the-/orders",
        "SQLSERVER, applicationName, shop-with-a-name-that-is-longer-than-the-list-has-room-for/orders",
        "DB2, clientProgramName, shop-/orders"
    })
    void theNameOfASessionFitsIntoTheDatabasesList(
            Database database, String property, String name) {
        assertThat(
                        database.driver()
                                .sessionName(
                                        "shop-with-a-name-that-is-longer-than-the-list-has-room-for",
                                        "orders"))
                .isEqualTo(Map.of(property, name));
    }

    @Test
    void aPoolWhoseNameAloneIsTooLongIsShownAsFarAsThereIsRoom() {
        assertThat(Database.DB2.driver().sessionName("shop", "orders-of-today"))
                .isEqualTo(Map.of("clientProgramName", "orders-of-to"));
        assertThat(Database.DB2.driver().sessionName("shop", "orders-of-t"))
                .isEqualTo(Map.of("clientProgramName", "orders-of-t"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void theDocumentationListsWhatStandsHere(Database database) throws IOException {
        assertThat(Files.readString(Path.of("../docs/databases.md")))
                .contains(row(database.traits));
    }

    /** Most of what is known of a database, as {@code docs/databases.md} lists it. */
    private static String row(DatabaseTraits traits) {
        return Stream.of(
                        code(traits.urlPrefix),
                        Stream.concat(traits.fatalStates.stream(), traits.fatalCodes.stream())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                        traits.limits.keySet().stream()
                                .map(DatabaseTest::code)
                                .collect(Collectors.joining(", ")),
                        code(traits.sessionNameProperty)
                                + (traits.sessionNameProperty == null
                                        ? ""
                                        : ", " + traits.sessionNameLimit),
                        code(traits.sqlTransaction),
                        code(traits.fullReset),
                        code(traits.xaDataSource),
                        traits.properties.entrySet().stream()
                                .map(DatabaseTest::code)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replace("  ", " ");
    }

    private static String code(Object fact) {
        return fact == null ? "" : "`" + fact + "`";
    }
}
