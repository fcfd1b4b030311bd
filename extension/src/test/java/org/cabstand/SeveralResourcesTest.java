package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** More than one resource in a transaction. */
class SeveralResourcesTest extends TransactionFixture {

    private Map<String, String> twoPools(String first, String second) {
        Map<String, String> properties =
                TestDatabase.POSTGRESQL.pool("transactions", first, "max-size", "1");
        TestDatabase.H2
                .pool("transactions", second, "max-size", "1")
                .forEach((key, value) -> properties.put(key.replace(".test.", ".other."), value));
        properties.put("cabstand.default-pool", "test");
        return properties;
    }

    private void startTwo(String first, String second) throws SQLException {
        start(twoPools(first, second));
        create(app.dataSource("test"));
        create(app.dataSource("other"));
    }

    private void insertOther(int id) throws SQLException {
        try (Connection connection = app.dataSource("other").getConnection()) {
            Sql.run(connection, "insert into ride values (" + id + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({"auto,auto", "auto,xa", "xa,auto"})
    void secondPoolIsRefusedAndTheFirstUnharmed(String first, String second) throws Exception {
        startTwo(first, second);
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    assertThatThrownBy(() -> insertOther(1))
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageContaining("CAB0115")
                                            .hasMessageContaining("'other'")
                                            .hasMessageContaining("'test'")
                                            .hasMessageContaining(
                                                    "cabstand.pool.other.transactions");
                                    assertThat(
                                                    TestApplication.state(app.dataSource("other"))
                                                            .active())
                                            .isZero();
                                    insert(2);
                                }));
        assertThat(rides()).isEqualTo(2);
        assertThat(rides(app.dataSource("other"))).isZero();
    }

    @Test
    void twoXaPoolsAreCommittedAndRolledBackTogether() throws Exception {
        startTwo("xa", "xa");
        app.request(
                () -> {
                    insert(0); // outside of a transaction it is a connection like any other
                    transactions.required(
                            () -> {
                                insert(1);
                                insertOther(1);
                            });
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        insertOther(2);
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                });
        assertThat(rides()).isEqualTo(2);
        assertThat(rides(app.dataSource("other"))).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void xaPoolWorksAloneOnEachDatabase(TestDatabase database) throws Exception {
        start(database, "transactions", "xa", "max-size", "1");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    manager.begin();
                    insert(2);
                    manager.rollback();
                    manager.begin();
                    manager.getTransaction().enlistResource(new ForeignResource());
                    insert(3);
                    manager.commit(); // in two phases
                    app.connection().setAutoCommit(false);
                    insert(4);
                    app.connection().rollback();
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void besideAForeignResourceAOnePhasePoolVotesRollbackAndSaysSo(boolean foreignFirst)
            throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        ForeignResource foreign = new ForeignResource();
        app.request(
                () -> {
                    manager.begin();
                    if (foreignFirst) {
                        manager.getTransaction().enlistResource(foreign);
                    }
                    insert(1);
                    if (!foreignFirst) {
                        manager.getTransaction().enlistResource(foreign);
                    }
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(foreign.calls).contains("rollback").doesNotContain("commit");
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0214: pool 'test'")
                .contains("cabstand.pool.test.transactions");
        assertNothingInUse();
    }
}
