package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.jta.UserTransaction;
import jakarta.transaction.TransactionManager;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring JDBC: its transactions, streams, and calls. */
class SpringJdbcTest extends LibraryFixture {

    private static final String SETTINGS =
            "select current_setting('transaction_isolation') || ' ' ||"
                    + " current_setting('transaction_read_only')";

    private static JdbcTemplate template(String pool) {
        return new JdbcTemplate(dataSource(pool));
    }

    private static JtaTransactionManager jta() {
        return new JtaTransactionManager(
                UserTransaction.userTransaction(), app.get(TransactionManager.class));
    }

    private static TransactionTemplate with(JtaTransactionManager manager, int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private static long count(JdbcTemplate template) {
        try (Stream<Integer> rows =
                template.queryForStream(
                        "select generate_series(1, 3)", (row, number) -> row.getInt(1))) {
            return rows.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on1", "off1"})
    void streamInATransactionLeavesTheConnectionToIt(String pool) throws Exception {
        JdbcTemplate template = template(pool);
        new TransactionTemplate(new JdbcTransactionManager(dataSource(pool)))
                .executeWithoutResult(
                        status -> {
                            template.update(INSERT, 1);
                            assertThat(count(template)).isEqualTo(3);
                            template.update(INSERT, 2);
                        });
        assertThat(rides()).isEqualTo("1 2");
        assertThat(count(template)).as("without transaction").isEqualTo(3);
    }

    /** The statement knows the connection, Spring knows the container's proxy of it, so it does not spare it. */
    @ParameterizedTest
    @CsvSource({"on1,1", "off1,''"})
    void streamOverTheRequestsConnectionReturnsItEarly(String pool, String kept) throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(pool);
                    JdbcTemplate template =
                            new JdbcTemplate(new SingleConnectionDataSource(connection, true));
                    template.update(INSERT, 1);
                    assertThat(count(template)).isEqualTo(3);
                    assertThat(TestApplication.state(dataSource(pool)).active()).isZero();
                });
        assertThat(rides()).isEqualTo(kept);
    }

    @Test
    void isolationAndReadOnlyHoldInTheTransactionAlone() {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        definition.setReadOnly(true);
        JdbcTemplate template = template("on1");
        assertThat(
                        new TransactionTemplate(
                                        new JdbcTransactionManager(dataSource("on1")), definition)
                                .<String>execute(
                                        status -> template.queryForObject(SETTINGS, String.class)))
                .isEqualTo("serializable on");
        assertThat(template.queryForObject(SETTINGS, String.class)).isEqualTo("read committed off");
    }

    @Test
    void nestedTransactionIsUndoneAlone() throws Exception {
        TransactionTemplate outer =
                new TransactionTemplate(new JdbcTransactionManager(dataSource("on1")));
        TransactionTemplate nested = new TransactionTemplate(outer.getTransactionManager());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        JdbcTemplate template = template("on1");
        outer.executeWithoutResult(
                status -> {
                    template.update(INSERT, 1);
                    nested.executeWithoutResult(
                            inner -> {
                                template.update(INSERT, 2);
                                inner.setRollbackOnly();
                            });
                    template.update(INSERT, 3);
                });
        assertThat(rides()).isEqualTo("1 3");
    }

    @Test
    void jtaTransactionThatRequiresNewHasASessionOfItsOwn() throws Exception {
        JdbcTemplate template = template("on2");
        JtaTransactionManager manager = jta();
        with(manager, TransactionDefinition.PROPAGATION_REQUIRED)
                .executeWithoutResult(
                        outer -> {
                            template.update(INSERT, 1);
                            with(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                                    .executeWithoutResult(inner -> template.update(INSERT, 2));
                            with(manager, TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                                    .executeWithoutResult(inner -> template.update(INSERT, 3));
                            template.update(INSERT, 4);
                            outer.setRollbackOnly();
                        });
        assertThat(rides()).isEqualTo("2 3");
    }

    @Test
    void connectionBoundToAJtaTransactionIsReturnedAfterIt() throws Exception {
        DataSource dataSource = dataSource("on1");
        with(jta(), TransactionDefinition.PROPAGATION_REQUIRED)
                .executeWithoutResult(
                        status -> {
                            Connection first = DataSourceUtils.getConnection(dataSource);
                            Connection second = DataSourceUtils.getConnection(dataSource);
                            assertThat(second).isSameAs(first);
                            template("on1").update(INSERT, 1);
                            DataSourceUtils.releaseConnection(second, dataSource);
                        });
        assertThat(rides()).isEqualTo("1");
    }

    @Test
    void errorsAreTranslatedAndEndTheTransaction() throws Exception {
        assertThatThrownBy(
                        () ->
                                app.request(
                                        () ->
                                                transaction(
                                                        () -> {
                                                            template("on1").update(INSERT, 1);
                                                            template("on1").update(INSERT, 1);
                                                        })))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(rides()).isEmpty();
    }

    @Test
    void callsKeysBatchesAndLargeObjectsWork() throws Exception {
        JdbcTemplate template = template("on1");
        template.execute(
                "create or replace function add_one(n int) returns int as"
                        + " 'select n + 1' language sql;"
                        + "drop table if exists thing;"
                        + "create table thing (id serial primary key, data bytea, body text)");
        assertThat(
                        new SimpleJdbcCall(dataSource("on1"))
                                .withFunctionName("add_one")
                                .executeFunction(Integer.class, Map.of("n", 1)))
                .isEqualTo(2);
        GeneratedKeyHolder keys = new GeneratedKeyHolder();
        template.update(
                connection -> {
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "insert into thing (data, body) values (?, ?)",
                                    new String[] {"id"});
                    insert.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 3);
                    insert.setCharacterStream(2, new StringReader("text"));
                    return insert;
                },
                keys);
        assertThat(keys.getKey()).isEqualTo(1);
        assertThat(template.queryForObject("select data from thing", byte[].class))
                .containsExactly(1, 2, 3);
        assertThat(
                        template.batchUpdate(
                                "insert into thing (body) values (?)",
                                List.of(new Object[] {"a"}, new Object[] {"b"})))
                .containsExactly(1, 1);
    }
}
