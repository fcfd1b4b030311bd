package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are a whole transaction's, not a handle's: isolation, read-only. */
class WholeTransactionTest extends TransactionFixture {

    @ParameterizedTest
    @EnumSource
    void whatWouldEndATransactionAtWorkIsRefusedAndHarmsNothing(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    Sql.run(app.connection(), "insert into ride values (1)");
                    assertThatThrownBy(
                                    () ->
                                            app.connection()
                                                    .setTransactionIsolation(
                                                            Connection.TRANSACTION_SERIALIZABLE))
                            .isInstanceOf(SQLException.class)
                            .hasMessageStartingWith("CAB0145: setTransactionIsolation()");
                    assertThatThrownBy(() -> app.connection().setReadOnly(true))
                            .hasMessageStartingWith("CAB0145: setReadOnly()");
                    Sql.run(app.connection(), "insert into ride values (2)");
                    manager.rollback();
                    assertThat(rides()).isZero();
                    manager.begin();
                    Sql.run(app.connection(), "insert into ride values (3)");
                    manager.commit();
                    assertThat(rides()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatWouldEndATransactionAtWorkIsNotRepeatedIntoIt(TestDatabase database) throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            if (setting.equals("xa") && database == TestDatabase.SQLITE) {
                continue;
            }
            start(database, "max-size", "2", "transactions", setting);
            app.request(
                    () -> {
                        app.connection()
                                .setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                        manager.begin();
                        try (Connection first = app.dataSource().getConnection()) {
                            Sql.run(first, "insert into ride values (1)");
                        }
                        Sql.run(app.connection(), "insert into ride values (2)");
                        manager.rollback();
                        assertThat(rides()).as(setting).isZero();
                        assertThat(app.connection().getTransactionIsolation())
                                .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                        app.connection().close();
                        manager.begin();
                        Sql.run(app.connection(), "insert into ride values (3)");
                        assertThat(app.connection().getTransactionIsolation())
                                .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                        manager.commit();
                        assertThat(rides()).isEqualTo(1);
                    });
            app.close();
        }
        app = null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void isolationOfTheFirstHandleIsTheTransactions(String autoCommit) throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "auto-commit", autoCommit);
        app.request(
                () -> {
                    manager.begin();
                    Connection connection = app.connection();
                    connection.setSchema("pg_catalog"); // no transaction in the database yet
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    connection.setReadOnly(true);
                    assertThat(Sql.one(connection, "show transaction_isolation"))
                            .isEqualTo("serializable");
                    assertThat(Sql.one(connection, "show transaction_read_only")).isEqualTo("on");
                    manager.commit();
                });
    }

    /** The own connection waits with open work, while its settings change in the transaction. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void whatWouldEndOpenWorkOutsideWaitsForItsEnd(TestDatabase database) throws Exception {
        start(database, "max-size", "2");
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    Sql.run(connection, "insert into ride values (1)");
                    manager.begin();
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    Sql.run(connection, "select 1");
                    manager.commit();
                    Sql.run(connection, "select 1");
                    connection.rollback();
                    assertThat(connection.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    connection.rollback();
                });
        assertThat(rides()).isZero();
    }
}
