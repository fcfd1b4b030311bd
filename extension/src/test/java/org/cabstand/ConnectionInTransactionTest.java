package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What may be done with a connection while it takes part in a transaction, and what is left to that. */
class ConnectionInTransactionTest extends TransactionFixture {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void commitRollbackAndAutoCommitAreRefusedAndHarmNothing(TestDatabase database)
            throws Exception {
        start(database);
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    Connection connection = app.connection();
                                    insert(1);
                                    assertThatThrownBy(connection::commit)
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageContaining("CAB0113: commit()");
                                    assertThatThrownBy(connection::rollback)
                                            .hasMessageContaining("CAB0113: rollback()");
                                    assertThatThrownBy(() -> connection.setAutoCommit(true))
                                            .hasMessageContaining("CAB0113: setAutoCommit(true)");
                                    connection.setAutoCommit(false);
                                    assertThat(connection.getAutoCommit()).isFalse();
                                    insert(2);
                                }));
        assertThat(rides()).isEqualTo(2);
        app.request(() -> assertThat(app.connection().getAutoCommit()).isTrue());
    }

    @Test
    void closeInsideEndsThisUseOnly() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    String session = session();
                                    PreparedStatement left =
                                            app.connection().prepareStatement("select 1");
                                    app.connection().close();
                                    assertThat(app.connection().isClosed()).isFalse();
                                    assertThat(left.isClosed()).isTrue();
                                    assertThat(session()).isEqualTo(session);
                                    assertThat(count(app.connection())).isEqualTo(1);
                                    app.connection().close();
                                    app.connection().close();
                                }));
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @Test
    void statementsAreNotMovedToAnotherTransaction() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "3");
        app.request(
                () -> {
                    PreparedStatement outside =
                            app.connection().prepareStatement("insert into ride values (1)");
                    PreparedStatement[] inside = new PreparedStatement[1];
                    transactions.required(
                            () -> {
                                assertThatThrownBy(outside::execute)
                                        .isInstanceOf(SQLException.class)
                                        .hasMessageContaining("CAB0118");
                                inside[0] =
                                        app.connection()
                                                .prepareStatement("insert into ride values (2)");
                                suspending.requiresNew(
                                        () ->
                                                assertThatThrownBy(() -> inside[0].execute())
                                                        .hasMessageContaining("CAB0118"));
                                inside[0].execute();
                            });
                    assertThatThrownBy(() -> inside[0].execute())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0119");
                    outside.execute();
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void requestThatEndsInsideATransactionLeavesTheConnectionToIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                });
        assertThat(app.state().active()).isEqualTo(1);
        manager.commit();
        assertNothingInUse();
        assertThat(rides()).isEqualTo(1);
    }
}
