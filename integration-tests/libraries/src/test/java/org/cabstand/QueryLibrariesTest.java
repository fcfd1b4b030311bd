package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jOOQ, JDBI and MyBatis: nested transactions, streams, and what is kept across transactions. */
class QueryLibrariesTest extends LibraryFixture {

    private static final String MANY = "select generate_series(1, 10)";

    private static DSLContext jooq(String pool) {
        return DSL.using(dataSource(pool), SQLDialect.POSTGRES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on1", "off1"})
    void jooqsNestedTransactionIsUndoneAlone(String pool) throws Exception {
        jooq(pool)
                .transaction(
                        outer -> {
                            outer.dsl().execute(INSERT, 1);
                            assertThatThrownBy(
                                            () ->
                                                    outer.dsl()
                                                            .transaction(
                                                                    inner -> {
                                                                        inner.dsl()
                                                                                .execute(INSERT, 2);
                                                                        throw new IllegalStateException(
                                                                                "inner");
                                                                    }))
                                    .hasMessage("inner");
                            outer.dsl().execute(INSERT, 3);
                        });
        assertThat(rides()).isEqualTo("1 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on1", "off1"})
    void jooqsTransactionThatFailsIsRolledBack(String pool) throws Exception {
        assertThatThrownBy(
                        () ->
                                jooq(pool)
                                        .transaction(
                                                one -> {
                                                    one.dsl().execute(INSERT, 1);
                                                    throw new IllegalStateException("no");
                                                }))
                .hasMessage("no");
        assertThat(rides()).isEmpty();
    }

    @Test
    void jooqsCursorEndsWithTheRequestThatLeftItOpen() throws Exception {
        Cursor<?>[] left = new Cursor<?>[1];
        app.request(
                () -> {
                    left[0] = DSL.using(connection("on1")).fetchLazy(MANY);
                    assertThat(left[0].fetchNext().get(0)).isEqualTo(1);
                });
        assertThatThrownBy(() -> left[0].fetchNext()).hasStackTraceContaining("closed");
    }

    @Test
    void jooqReadsStreamsBatchesKeysAndArrays() throws Exception {
        app.request(
                () -> {
                    transaction(
                            () -> {
                                try (Stream<?> rows = jooq("on1").fetchStream(MANY)) {
                                    assertThat(rows).hasSize(10);
                                }
                            });
                    DSLContext jooq = DSL.using(connection("on1"));
                    jooq.batch(
                                    DSL.query("insert into ride values (1)"),
                                    DSL.query("insert into ride values (2)"))
                            .execute();
                    assertThat(jooq.fetchOne("insert into ride values (3) returning id").get(0))
                            .isEqualTo(3);
                    assertThat(jooq.fetchOne("select array[1, 2]").get(0, Integer[].class))
                            .containsExactly(1, 2);
                    assertThat(jooq.meta().getTables("ride")).isNotEmpty();
                });
        assertThat(rides()).isEqualTo("1 2 3");
    }

    @Test
    void jdbisStreamLeftOpenEndsWithItsHandle() {
        Handle handle = Jdbi.create(dataSource("on1")).open();
        assertThat(handle.createQuery(MANY).mapTo(Integer.class).stream().findFirst()).hasValue(1);
        handle.close();
        assertThat(TestApplication.state(dataSource("on1")).active()).isZero();
    }

    @Test
    void jdbisHandleFollowsTheTransaction() throws Exception {
        app.request(
                () -> {
                    try (Handle handle = Jdbi.create(dataSource("on1")).open()) {
                        handle.execute(INSERT, 1);
                        transaction(() -> handle.execute(INSERT, 2));
                        assertThatThrownBy(
                                        () ->
                                                transaction(
                                                        () -> {
                                                            handle.execute(INSERT, 3);
                                                            throw new IllegalStateException("no");
                                                        }))
                                .hasMessage("no");
                        handle.execute(INSERT, 4);
                    }
                });
        assertThat(rides()).isEqualTo("1 2 4");
    }

    @Test
    void whatJdbiSetsIsGoneForTheNext() {
        Jdbi jdbi = Jdbi.create(dataSource("on1"));
        String show = "show transaction_isolation";
        assertThat(
                        jdbi.<String, RuntimeException>inTransaction(
                                TransactionIsolationLevel.SERIALIZABLE,
                                handle -> handle.createQuery(show).mapTo(String.class).one()))
                .isEqualTo("serializable");
        jdbi.useHandle(handle -> handle.setReadOnly(true));
        jdbi.useHandle(
                handle -> {
                    assertThat(handle.isReadOnly()).isFalse();
                    assertThat(handle.createQuery(show).mapTo(String.class).one())
                            .isEqualTo("read committed");
                });
    }

    @Test
    void jdbiReadsTheKeysOfABatch() {
        List<Integer> keys =
                Jdbi.create(dataSource("on1"))
                        .withHandle(
                                handle ->
                                        handle.prepareBatch("insert into ride values (:id)")
                                                .bind("id", 1)
                                                .add()
                                                .bind("id", 2)
                                                .add()
                                                .executePreparedBatch("id")
                                                .mapTo(Integer.class)
                                                .list());
        assertThat(keys).containsExactly(1, 2);
    }

    private static SqlSession myBatis(ExecutorType type) {
        Configuration configuration =
                new Configuration(
                        new Environment(
                                "test", new ManagedTransactionFactory(), dataSource("on1")));
        configuration.addMapper(QueryWays.Rides.class);
        return new SqlSessionFactoryBuilder().build(configuration).openSession(type);
    }

    @Test
    void myBatissSessionIsKeptAcrossTransactions() throws Exception {
        app.request(
                () -> {
                    try (SqlSession session = myBatis(ExecutorType.SIMPLE)) {
                        QueryWays.Rides rides = session.getMapper(QueryWays.Rides.class);
                        transaction(() -> rides.add(1));
                        rides.add(2);
                        transaction(() -> rides.add(3));
                    }
                });
        assertThat(rides()).isEqualTo("1 2 3");
    }

    @Test
    void statementThatMyBatisKeepsDoesNotWorkInATransactionBegunAfterIt() throws Exception {
        app.request(
                () -> {
                    try (SqlSession session = myBatis(ExecutorType.REUSE)) {
                        QueryWays.Rides rides = session.getMapper(QueryWays.Rides.class);
                        rides.add(1);
                        assertThatThrownBy(() -> transaction(() -> rides.add(2)))
                                .hasStackTraceContaining("CAB0118");
                    }
                });
        assertThat(rides()).isEqualTo("1");
    }
}
