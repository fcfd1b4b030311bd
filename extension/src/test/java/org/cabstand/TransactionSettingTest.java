package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the setting {@code transactions} makes of a pool. */
class TransactionSettingTest extends TransactionFixture {

    @Test
    void requiredIsRefusedOutsideOfATransaction() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("transactions", "required", "max-size", "1"));
        app.request(
                () -> {
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0114: pool 'test'")
                            .hasMessageContaining("cabstand.pool.test.transactions");
                    assertThatThrownBy(() -> app.dataSource().getConnection())
                            .hasMessageContaining("CAB0114");
                    assertThat(app.state().active()).isZero();
                    transactions.required(
                            () -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .hasMessageContaining("CAB0114");
                });
        assertNothingInUse();
    }

    @Test
    void offNeverTakesPart() throws Exception {
        start(TestDatabase.POSTGRESQL, "transactions", "off", "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    app.connection().setAutoCommit(false);
                    insert(2);
                    app.connection().commit();
                    manager.rollback();
                });
        assertThat(rides()).isEqualTo(2);
    }

    @Test
    void databaseWithoutAKnownXaDataSourceIsReportedAtDeployment() {
        assertThatThrownBy(() -> start(TestDatabase.SQLITE.pool("transactions", "xa")))
                .hasMessageContaining("CAB0021")
                .hasMessageContaining("cabstand.pool.test.driver");
    }
}
