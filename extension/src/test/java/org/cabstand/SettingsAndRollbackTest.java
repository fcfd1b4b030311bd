package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the JDBC API hold whatever the application rolls back. */
class SettingsAndRollbackTest extends RollbackFixture {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void theSchemaStaysWhateverIsRolledBack(TestDatabase database) throws Exception {
        for (String autoCommit : new String[] {"true", "false"}) {
            start(database.pool("max-size", "1", "auto-commit", autoCommit));
            TransactionManager manager = app.get(TransactionManager.class);
            createSchema(database);
            app.request(
                    () -> {
                        Connection connection = app.connection();
                        connection.setAutoCommit(false);
                        Sql.run(connection, "select 1"); // PostgreSQL: within a transaction
                        database.useOtherSchema(connection);
                        connection.rollback();
                        assertOther(database, connection);
                        connection.rollback();
                        assertOther(database, connection);
                        connection.commit();
                        connection.close();
                        Sql.run(connection, "select 1");
                        connection.rollback();
                        assertOther(database, connection);
                        connection.rollback();
                        manager.begin();
                        assertOther(database, connection);
                        manager.rollback();
                        connection.rollback();
                        assertOther(database, connection);
                        connection.rollback();
                    });
            try (Connection connection = app.dataSource().getConnection()) {
                assertThat(database.schema(connection)).isNotEqualToIgnoringCase("other");
                connection.setAutoCommit(false);
                database.useOtherSchema(connection); // a first call
                connection.rollback();
                assertOther(database, connection);
                connection.rollback();
            }
            app.close();
        }
        app = null;
    }

    private static void assertOther(TestDatabase database, Connection connection)
            throws SQLException {
        assertThat(database.schema(connection)).isEqualToIgnoringCase("other");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSchemaStaysAfterARollbackToASavepoint(boolean inJta) throws Exception {
        start(TestDatabase.POSTGRESQL.pool("max-size", "1"));
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    Connection connection = app.connection();
                    if (inJta) {
                        manager.begin();
                    } else {
                        connection.setAutoCommit(false);
                    }
                    Sql.run(connection, "select 1");
                    Savepoint savepoint = connection.setSavepoint();
                    connection.setSchema("pg_catalog");
                    connection.setClientInfo("ApplicationName", "mine");
                    assertThatThrownBy(() -> Sql.run(connection, "select no_such_column"))
                            .isInstanceOf(SQLException.class);
                    connection.rollback(savepoint);
                    assertThat(connection.getSchema()).isEqualTo("pg_catalog");
                    assertThat(Sql.one(connection, "show application_name")).isEqualTo("mine");
                    if (inJta) {
                        manager.commit();
                    } else {
                        connection.rollback();
                    }
                    assertThat(connection.getSchema()).isEqualTo("pg_catalog");
                    assertThat(Sql.one(connection, "show application_name")).isEqualTo("mine");
                });
    }

    /** The database rolls back, and its driver says nothing. */
    @Test
    void theSchemaStaysAfterACommitThatWasARollback() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("max-size", "1"));
        try (Connection connection = app.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Sql.run(connection, "select 1");
            connection.setSchema("pg_catalog");
            assertThatThrownBy(() -> Sql.run(connection, "select no_such_column"))
                    .isInstanceOf(SQLException.class);
            try {
                connection.commit();
            } catch (SQLException e) {
                connection.rollback(); // with another version of it
            }
            assertThat(connection.getSchema()).isEqualTo("pg_catalog");
        }
    }

    /** A statement does not ask its handle anew where it goes. */
    @Test
    void aStatementThatWasMadeBeforeSeesWhatWasSetSince() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("max-size", "2"));
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    try (PreparedStatement before =
                            app.connection().prepareStatement("select current_schema()")) {
                        manager.begin();
                        app.connection().setSchema("pg_catalog");
                        manager.commit();
                        try (var results = before.executeQuery()) {
                            results.next();
                            assertThat(results.getString(1)).isEqualTo("pg_catalog");
                        }
                    }
                });
    }
}
