package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls that JDBC allows on closed objects. */
class ClosedConnectionTest {

    private TestApplication app;

    @AfterEach
    void stop() {
        app.close();
    }

    private static void assertClosed(Connection connection) throws SQLException {
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        assertThatCode(connection::close).doesNotThrowAnyException();
        assertThatCode(() -> connection.abort(Runnable::run)).doesNotThrowAnyException();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.setClientInfo("a", "b"))
                .isInstanceOf(SQLClientInfoException.class);
        assertThat(connection.toString()).contains("'test'");
    }

    @ParameterizedTest
    @EnumSource
    void aClosedConnectionStatementAndResultSayThatTheyAre(TestDatabase database) throws Exception {
        app = TestApplication.start(database.pool("max-size", "1"));
        Connection connection = app.dataSource().getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");
        ResultSet results = statement.executeQuery("select 1");
        connection.close();
        assertClosed(connection);
        assertThat(statement.isClosed()).isTrue();
        assertThat(prepared.isClosed()).isTrue();
        assertThat(results.isClosed()).isTrue();
        assertThatCode(statement::close).doesNotThrowAnyException();
        assertThatCode(results::close).doesNotThrowAnyException();
        assertThatThrownBy(statement::getConnection).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.executeQuery("select 1"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLException.class);
        assertThat(app.state().idle()).isEqualTo(1);
    }

    @Test
    void aRequestsConnectionIsClosedAfterItsRequestOnly() throws Exception {
        app = TestApplication.start(TestDatabase.POSTGRESQL.pool("max-size", "1"));
        Connection[] kept = new Connection[1];
        app.request(
                () -> {
                    Connection request = app.connection();
                    kept[0] = request.createStatement().getConnection();
                    request.close();
                    assertThat(request.isClosed()).isFalse();
                    assertThat(request.isValid(1)).isTrue();
                });
        assertClosed(kept[0]);
    }
}
