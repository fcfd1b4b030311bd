package org.cabstand;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real databases that the return contract is tested on. */
enum TestDatabase {
    H2 {
        @Override
        String url() {
            return "jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1";
        }

        @Override
        String session() {
            return "select session_id()";
        }
    },
    POSTGRESQL {
        @Override
        String url() {
            return Server.POSTGRES.getJdbcUrl("postgres", "postgres");
        }

        @Override
        String session() {
            return "select pg_backend_pid()";
        }
    };

    abstract String url();

    /** A query that tells sessions apart. */
    abstract String session();

    Map<String, String> pool(String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", url());
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    static EmbeddedPostgres postgres() {
        return Server.POSTGRES;
    }

    /** Started once, at the first use; ended with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
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
}
