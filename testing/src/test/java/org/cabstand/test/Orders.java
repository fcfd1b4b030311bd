package org.cabstand.test;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** An application's work with its database. */
@ApplicationScoped
class Orders {

    @Inject
    @Pool("shop")
    DataSource shop;

    @Inject Audit audit;

    Connection connect() throws SQLException {
        return shop.getConnection();
    }

    /** In auto-commit mode. */
    void add(int id) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            insert(connection, id);
        }
    }

    static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into orders values (?, 'new')")) {
            statement.setInt(1, id);
            statement.executeUpdate();
        }
    }

    /** Commits as JDBC does. */
    void addCommitting(int... ids) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            for (int id : ids) {
                insert(connection, id);
            }
            connection.commit();
        }
    }

    /** Rolls back, to a savepoint and whole. */
    void addAndRollBack(int kept, int undone) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, kept);
            Savepoint savepoint = connection.setSavepoint();
            insert(connection, undone);
            connection.rollback(savepoint);
            connection.commit();
            insert(connection, undone);
            connection.rollback();
        }
    }

    @Transactional
    void addInTransaction(int id) throws SQLException {
        add(id);
    }

    @Transactional
    void addWithAudit(int id, int audited) throws SQLException {
        add(id);
        audit.note(audited);
    }

    @Transactional(rollbackOn = Exception.class)
    void failAfter(int id) throws SQLException {
        add(id);
        throw new SQLException("refused");
    }

    @Transactional(rollbackOn = Exception.class)
    void failAfterAudit(int id, int audited) throws SQLException {
        add(id);
        audit.note(audited);
        throw new SQLException("refused");
    }

    /** Many threads, each with transactions of its own. */
    void addInThreads(int threads, int each) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int first = i * each;
                all.add(
                        executor.submit(
                                () -> {
                                    for (int j = first; j < first + each; j++) {
                                        addCommitting(j);
                                    }
                                    return null;
                                }));
            }
            for (Future<?> future : all) {
                future.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    /** Waits within a transaction for another thread that needs one, too. */
    void waitForOther(int id) throws Exception {
        ExecutorService executor =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "helper"));
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, id);
            try {
                executor.submit(
                                () -> {
                                    add(id + 1);
                                    return null;
                                })
                        .get();
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            }
        } finally {
            executor.shutdown();
        }
    }

    int count() throws SQLException {
        return number("select count(*) from orders");
    }

    int number(String sql) throws SQLException {
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Work that is committed whatever becomes of the calling transaction. */
    @ApplicationScoped
    static class Audit {

        @Inject
        @Pool("shop")
        DataSource shop;

        @Transactional(TxType.REQUIRES_NEW)
        void note(int id) throws SQLException {
            try (Connection connection = shop.getConnection()) {
                insert(connection, id);
            }
        }
    }
}
