package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What customizers set and write holds whatever the application rolls back. */
class CustomizersAndRollbackTest extends RollbackFixture {

    private static final AtomicReference<String> TENANT = new AtomicReference<>();

    /** As in the documentation of {@link ConnectionCustomizer}. */
    @ApplicationScoped
    static class TenantCustomizer implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            try (PreparedStatement set =
                    connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
                set.setString(1, TENANT.get());
                set.execute();
            }
        }
    }

    /** For all databases: its rows are work that a rollback would undo. */
    @ApplicationScoped
    static class Journal implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            if (TENANT.get() != null) {
                Sql.run(connection, "insert into journal values (1)");
            }
        }
    }

    /** One that takes an error for nothing. */
    @ApplicationScoped
    static class Careless implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) {
            try {
                Sql.run(connection, "set app.tenant = 'acme'");
                Sql.run(connection, "select no_such_column");
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains("no_such_column");
            }
        }
    }

    /** One that commits after an error. */
    @ApplicationScoped
    static class Committer implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            assertThatThrownBy(() -> Sql.run(connection, "select no_such_column"))
                    .isInstanceOf(SQLException.class);
            connection.commit();
        }
    }

    @Override
    void start(Map<String, String> properties, Class<?>... beans) {
        TENANT.set(null);
        super.start(properties, beans);
    }

    @Test
    void theTenantStaysAfterARollbackWithoutAutoCommit() throws Exception {
        start(
                TestDatabase.POSTGRESQL.pool("max-size", "1", "auto-commit", "false"),
                TenantCustomizer.class);
        for (String tenant : new String[] {"acme", "umbrella"}) {
            TENANT.set(tenant);
            app.request(
                    () -> {
                        Connection connection = app.connection();
                        assertThatThrownBy(() -> Sql.run(connection, "select no_such_column"))
                                .isInstanceOf(SQLException.class);
                        connection.rollback();
                        assertThat(tenant(connection)).isEqualTo(tenant);
                        connection.rollback();
                        connection.close();
                        connection.rollback();
                        assertThat(tenant(connection)).isEqualTo(tenant);
                    });
            try (Connection connection = app.dataSource().getConnection()) {
                connection.rollback();
                assertThat(tenant(connection)).isEqualTo(tenant);
            }
        }
    }

    @Test
    void aCommitOfACustomizerThatWouldCommitNothingFails() {
        start(
                TestDatabase.POSTGRESQL.pool("max-size", "1", "auto-commit", "false"),
                Committer.class);
        assertThatThrownBy(() -> app.dataSource().getConnection()).hasMessageContaining("CAB0125");
        assertThatThrownBy(() -> app.request(() -> app.connection().getMetaData().getURL()))
                .hasMessageContaining("CAB0125");
        assertThat(app.state().active()).isZero();
    }

    private static String tenant(Connection connection) throws SQLException {
        return Sql.one(connection, "show app.tenant");
    }

    @ParameterizedTest
    @EnumSource
    void whatACustomizerWroteStaysAndIsNoWorkOfTheBorrower(TestDatabase database) throws Exception {
        for (String autoCommit : new String[] {"true", "false"}) {
            start(database.pool("max-size", "1", "auto-commit", autoCommit), Journal.class);
            TransactionManager manager = app.get(TransactionManager.class);
            createJournal();
            TENANT.set("all");
            app.request(
                    () -> {
                        app.connection().setAutoCommit(false);
                        app.connection().rollback();
                        app.connection().close();
                        manager.begin();
                        assertThat(Sql.one(app.connection(), "select count(*) from journal"))
                                .isEqualTo("2");
                        manager.rollback();
                        assertThat(Sql.one(app.connection(), "select count(*) from journal"))
                                .isEqualTo("3");
                        app.connection().rollback();
                    });
            assertThat(log.warnings()).isEmpty();
            app.close();
        }
        app = null;
    }

    private void createJournal() throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists journal");
            Sql.run(connection, "create table journal (id int)");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @Test
    void aCustomizerWhoseWorkTheDatabaseHasUndoneGivesNoConnection() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("auto-commit", "false"), Careless.class);
        assertThatThrownBy(() -> app.dataSource().getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0112");
        assertThat(app.state().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void readOnlyAndIsolationCanBeSetFirst(TestDatabase database) throws Exception {
        for (String autoCommit : new String[] {"true", "false"}) {
            start(database.pool("auto-commit", autoCommit), Journal.class);
            createJournal();
            createSchema(database);
            TENANT.set("all");
            try (Connection connection = app.dataSource().getConnection()) {
                asSpring(connection);
            }
            app.request(
                    () -> {
                        database.useOtherSchema(app.connection());
                        app.connection().close();
                        asSpring(app.connection());
                        database.useOtherSchema(app.connection());
                        asSpring(app.connection());
                        app.connection().rollback();
                        asSpring(app.connection());
                        app.connection().rollback();
                    });
            app.close();
        }
        app = null;
    }

    /** Does the same as Spring's DataSourceTransactionManager. */
    private static void asSpring(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setAutoCommit(false);
    }
}
