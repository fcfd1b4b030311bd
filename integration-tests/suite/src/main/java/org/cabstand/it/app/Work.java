package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/**
 * Work in the database, done by each way to a connection.
 *
 * <p>What is borrowed from a {@code DataSource} is closed here, as JDBC asks; the request's connection is
 * left to Cabstand.
 */
@ApplicationScoped
public class Work {

    /** Something to do with a connection. */
    interface Task {
        void run(Connection connection) throws SQLException, IOException;
    }

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject
    @Pool("orders")
    DataSource dataSource;

    @Inject
    @Pool("manual")
    Connection manualConnection;

    @Inject
    @Pool("manual")
    DataSource manualDataSource;

    void run(Via via, Task task) throws SQLException, IOException {
        switch (via) {
            case CONNECTION -> task.run(connection);
            case MANUAL_CONNECTION -> task.run(manualConnection);
            case DATA_SOURCE -> borrow(dataSource, task);
            case MANUAL_DATA_SOURCE -> borrow(manualDataSource, task);
        }
    }

    /** Inserts a row, sees it, and commits nothing. */
    void leaveUnfinished(Via via, String id) throws SQLException, IOException {
        run(via, open -> insertUnfinished(open, id));
    }

    static void insertUnfinished(Connection connection, String id) throws SQLException {
        connection.setAutoCommit(false);
        Sql.insertWork(connection, id);
        if (Sql.countWork(connection, id) == 0) {
            throw new IllegalStateException("the transaction does not see its own row");
        }
    }

    private static void borrow(DataSource source, Task task) throws SQLException, IOException {
        try (Connection borrowed = source.getConnection()) {
            task.run(borrowed);
        }
    }
}
