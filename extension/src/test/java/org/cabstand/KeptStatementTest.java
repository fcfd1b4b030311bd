package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.JdbcStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A statement that the driver keeps for the next one is as if it had just been made. */
class KeptStatementTest {

    private static final String TEN_ROWS = "select seq from seq_1_to_10";

    private TestApplication app;

    private void start() {
        Map<String, String> pool = TestDatabase.MYSQL.pool("max-size", "1");
        pool.put("cabstand.pool.test.properties.useServerPrepStmts", "true");
        pool.put("cabstand.pool.test.properties.cachePrepStmts", "true");
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private static int rows(PreparedStatement statement) throws SQLException {
        int rows = 0;
        try (ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                rows++;
            }
        }
        return rows;
    }

    private static String settings(Statement statement) throws SQLException {
        return "%d %d %d %d %d %s"
                .formatted(
                        statement.getMaxRows(),
                        statement.getMaxFieldSize(),
                        statement.getFetchSize(),
                        statement.getFetchDirection(),
                        statement.getQueryTimeout(),
                        statement.isCloseOnCompletion());
    }

    @Test
    void settingsOfOneRequestAreNotThoseOfTheNext() throws Exception {
        start();
        String[] before = new String[1];
        String[] prepared = new String[1];
        app.request(
                () -> {
                    try (PreparedStatement statement =
                            app.connection().prepareStatement(TEN_ROWS)) {
                        before[0] = settings(statement);
                        statement.setMaxRows(2);
                        statement.setLargeMaxRows(2);
                        statement.setMaxFieldSize(7);
                        statement.setFetchSize(3);
                        statement.setFetchDirection(ResultSet.FETCH_REVERSE);
                        statement.setQueryTimeout(9);
                        assertThat(rows(statement)).isEqualTo(2);
                        prepared[0] = prepared();
                    }
                });
        app.request(
                () -> {
                    try (PreparedStatement statement =
                            app.connection().prepareStatement(TEN_ROWS)) {
                        assertThat(settings(statement)).isEqualTo(before[0]);
                        assertThat(rows(statement)).isEqualTo(10);
                    }
                    assertThat(prepared()).as("the driver keeps it").isEqualTo(prepared[0]);
                });
    }

    /** How often the driver has had the server prepare a statement. */
    private String prepared() throws SQLException {
        return Sql.one(
                app.connection(),
                "select variable_value from information_schema.session_status"
                        + " where variable_name = 'COM_STMT_PREPARE'");
    }

    /** A driver's own methods have settings that nobody can see. */
    @Test
    void whatWasUnwrappedIsKeptForNobody() throws Exception {
        start();
        app.request(
                () -> {
                    try (PreparedStatement statement =
                            app.connection().prepareStatement(TEN_ROWS)) {
                        statement.unwrap(JdbcStatement.class).enableStreamingResults();
                    }
                });
        app.request(
                () -> {
                    try (PreparedStatement statement =
                            app.connection().prepareStatement(TEN_ROWS)) {
                        assertThat(statement.getFetchSize()).isZero();
                        assertThat(rows(statement)).isEqualTo(10);
                    }
                });
    }

    /** Left open at the request's end. */
    @Test
    void whatThePoolClosesIsAsBeforeToo() throws Exception {
        start();
        app.request(
                () -> {
                    PreparedStatement statement = app.connection().prepareStatement(TEN_ROWS);
                    statement.setMaxRows(2);
                    assertThat(rows(statement)).isEqualTo(2);
                });
        app.request(
                () -> assertThat(rows(app.connection().prepareStatement(TEN_ROWS))).isEqualTo(10));
    }

    @Test
    void whatClosesByItselfIsKeptForNobody() throws Exception {
        start();
        app.request(
                () -> {
                    PreparedStatement statement = app.connection().prepareStatement(TEN_ROWS);
                    statement.closeOnCompletion();
                    statement.close();
                });
        app.request(
                () -> {
                    PreparedStatement statement = app.connection().prepareStatement(TEN_ROWS);
                    assertThat(statement.isCloseOnCompletion()).isFalse();
                    assertThat(rows(statement)).isEqualTo(10);
                    assertThat(statement.isClosed()).isFalse();
                });
    }
}
