package org.cabstand.it.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Keeps what requests forgot, and what borrowers and the log were told. */
@ApplicationScoped
public class Blame {

    private static final Logger LOGGER = Logger.getLogger("org.cabstand");

    private final Queue<Connection> forgotten = new ConcurrentLinkedQueue<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private volatile String told = "";

    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    logged.add(record.getLevel() + " " + record.getMessage());
                }

                @Override
                public void flush() {
                    // nothing is held back
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };

    @PostConstruct
    void listen() {
        LOGGER.addHandler(handler);
    }

    @PreDestroy
    void end() {
        LOGGER.removeHandler(handler);
    }

    void forget(Connection connection) {
        forgotten.add(connection);
    }

    void borrow(DataSource pool) {
        told = "";
        new Thread(
                        () -> {
                            try (Connection borrowed = pool.getConnection()) {
                                told = "borrowed " + borrowed;
                            } catch (SQLException e) {
                                told = e.getMessage();
                            }
                        },
                        "borrower")
                .start();
    }

    String told() throws SQLException {
        String answer = told;
        if (!answer.isEmpty()) {
            for (Connection connection = forgotten.poll();
                    connection != null;
                    connection = forgotten.poll()) {
                connection.close();
            }
        }
        return answer;
    }

    List<String> log() {
        return List.copyOf(logged);
    }
}
