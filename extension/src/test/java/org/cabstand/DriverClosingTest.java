package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Driver;
import java.util.Properties;
import org.cabstand.internal.database.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers of an application whose class loader is stopped before its connections are closed. */
class DriverClosingTest {

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, org.postgresql.Driver",
        "MARIADB, org.mariadb.jdbc.Driver",
        "MYSQL, com.mysql.cj.jdbc.Driver",
        "SQLITE, org.sqlite.JDBC",
        "H2, org.h2.Driver"
    })
    void whatClosingNeedsIsLoadedBefore(TestDatabase database, String type) throws Exception {
        for (boolean abort : new boolean[] {false, true}) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (StoppedLoader loader = new StoppedLoader()) {
                thread.setContextClassLoader(loader);
                Class<?> driver = loader.loadClass(type);
                assertThat(driver.getClassLoader()).isSameAs(loader);
                Database.of(database.url()).loadClosers(loader);
                Connection connection =
                        ((Driver) driver.getDeclaredConstructor().newInstance())
                                .connect(url(database), credentials(database));
                connection.isValid(1);
                Sql.run(connection, "select 1");
                loader.stop();
                if (abort) {
                    connection.abort(Runnable::run);
                } else {
                    connection.close();
                }
                assertThat(loader.refused()).as(abort ? "abort" : "close").isEmpty();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** H2 closes a database with the last of its connections. */
    private static String url(TestDatabase database) {
        return database == TestDatabase.H2 ? "jdbc:h2:mem:stopped" : database.url();
    }

    private static Properties credentials(TestDatabase database) {
        Properties properties = new Properties();
        String prefix = "cabstand.pool.test.";
        database.pool()
                .forEach(
                        (key, value) -> {
                            if (key.equals(prefix + "username")) {
                                properties.setProperty("user", value);
                            } else if (key.equals(prefix + "password")) {
                                properties.setProperty("password", value);
                            }
                        });
        return properties;
    }
}
