package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.logging.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Work that nobody has committed is rolled back when its connection is returned, on every database.
 */
class UnfinishedWorkTest extends ReturnFixture {

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkOfARequestIsRolledBack(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0201: pool 'test'")
                .contains(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkOfABorrowerIsRolledBackAndItsPlaceIsNamed(TestDatabase database)
            throws Exception {
        start(database);
        for (int i = 0; i < 3; i++) {
            try (Connection connection = app.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                Sql.run(connection, "insert into ride values (1)");
            }
        }
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .as("once for each holder")
                .singleElement()
                .asString()
                .contains("UnfinishedWorkTest.java:");
        assertThat(log.at(Level.FINE)).filteredOn(m -> m.startsWith("CAB0201")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkWithoutAutoCommitIsRolledBackQuietly(TestDatabase database)
            throws Exception {
        start(database, "auto-commit", "false", "max-size", "1");
        app.request(() -> Sql.run(app.connection(), "insert into ride values (1)"));
        try (Connection next = app.dataSource().getConnection()) {
            Sql.run(next, "insert into ride values (2)");
            next.commit();
        }
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedStays(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    Sql.run(app.connection(), "insert into ride values (1)");
                    app.connection().commit();
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAStatementDoesAgainAfterACommitIsRolledBack(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    PreparedStatement insert =
                            app.connection().prepareStatement("insert into ride values (1)");
                    insert.executeUpdate();
                    app.connection().commit();
                    insert.executeUpdate();
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedTransactionDoesNotReachTheNextBorrower(TestDatabase database) throws Exception {
        start(database, "auto-commit", "false", "max-size", "1");
        app.request(
                () ->
                        assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                                .isInstanceOf(SQLException.class));
        assertThat(rides()).isZero();
        assertThat(app.state().active()).isZero();
    }

    /** PostgreSQL rolls back when it is told to commit after an error, and its driver takes that for success. */
    @ParameterizedTest
    @EnumSource
    void aCommitThatWouldCommitNothingFails(TestDatabase database) throws Exception {
        start(database, "auto-commit", "false", "max-size", "1");
        app.request(() -> commitAfterAnError(app.connection(), database));
        try (Connection connection = app.dataSource().getConnection()) {
            commitAfterAnError(connection, database);
        }
        assertThat(rides()).isEqualTo(2);
    }

    private static void commitAfterAnError(Connection connection, TestDatabase database)
            throws SQLException {
        Sql.run(connection, "insert into ride values (1)");
        Savepoint savepoint = connection.setSavepoint();
        assertThatThrownBy(() -> Sql.run(connection, "select nonsense"))
                .isInstanceOf(SQLException.class);
        if (database == TestDatabase.POSTGRESQL) {
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("CAB0125: pool 'test'")
                    .hasFieldOrPropertyWithValue("SQLState", "25P02");
            connection.rollback(savepoint);
        }
        connection.commit();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunBySqlIsRolledBack(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        app.request(
                () -> {
                    assertThat(app.connection().getAutoCommit()).isTrue();
                    Sql.run(app.connection(), "insert into ride values (2)");
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0201: pool 'test'")
                .contains(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunBySqlThatFailedDoesNotReachTheNextBorrower(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                            .isInstanceOf(SQLException.class);
                });
        assertThat(log.warnings()).hasSize(1);
        assertThat(rides()).isZero();
        app.request(() -> assertThat(session(app.connection())).isSameAs(session[0]));
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunAndEndedBySqlIsLeftAlone(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                    Sql.run(app.connection(), "commit");
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    /** After an error the drivers of MySQL and MariaDB do not know whether there is a transaction. */
    @ParameterizedTest
    @EnumSource
    void anErrorInAutoCommitModeIsNoUnfinishedWork(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () ->
                        assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                                .isInstanceOf(SQLException.class));
        app.request(() -> assertThat(app.connection().isValid(1)).isTrue());
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "MYSQL"})
    void autoCommitThatSqlSwitchedOffIsOnAgain(TestDatabase database) throws Exception {
        start(database);
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), database.autoCommitOff());
                });
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(session(next)).isSameAs(session[0]);
            Sql.run(next, "insert into ride values (1)");
            assertThat(rides()).as("what another session sees").isEqualTo(1);
        }
    }
}
