package org.cabstand;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JDBC, without the rest of Spring. */
final class SpringWays {

    private static final String INSERT = "insert into ride values (?)";

    private SpringWays() {}

    static List<Way> all() {
        return List.of(
                spring("`JdbcTemplate`", (app, id) -> insert(app.dataSource(), id)),
                spring(
                        "`JdbcClient`",
                        (app, id) ->
                                JdbcClient.create(app.dataSource()).sql(INSERT).param(id).update()),
                spring(
                        "`SimpleJdbcInsert`",
                        (app, id) ->
                                new SimpleJdbcInsert(app.dataSource())
                                        .withTableName("ride")
                                        .execute(java.util.Map.of("id", id))),
                spring(
                        "`JdbcTemplate` over `SingleConnectionDataSource(connection, true)`",
                        (app, id) ->
                                insert(new SingleConnectionDataSource(app.connection(), true), id)),
                spring(
                        "`JdbcTransactionManager`",
                        "in a transaction: `JtaTransactionManager`, or none",
                        (app, id) ->
                                inTransaction(
                                        new JdbcTransactionManager(app.dataSource()),
                                        app.dataSource(),
                                        id)),
                spring(
                        "`DataSourceTransactionManager` over `LazyConnectionDataSourceProxy`",
                        "in a transaction: `JtaTransactionManager`, or none",
                        (app, id) -> {
                            DataSource lazy = new LazyConnectionDataSourceProxy(app.dataSource());
                            inTransaction(new DataSourceTransactionManager(lazy), lazy, id);
                        }),
                spring(
                        "`DataSourceTransactionManager` and `TransactionAwareDataSourceProxy`",
                        "in a transaction: `JtaTransactionManager`, or none",
                        (app, id) ->
                                inTransaction(
                                        new DataSourceTransactionManager(app.dataSource()),
                                        new TransactionAwareDataSourceProxy(app.dataSource()),
                                        id)),
                spring(
                        "`JtaTransactionManager`",
                        (app, id) ->
                                inTransaction(
                                        new JtaTransactionManager(app.user(), app.manager()),
                                        app.dataSource(),
                                        id)));
    }

    private static Way spring(String name, Way.Writer writer) {
        return Way.of("Spring JDBC", name, writer);
    }

    private static Way spring(String name, String advice, Way.Writer writer) {
        return Way.of("Spring JDBC", name, advice, writer);
    }

    private static void insert(DataSource dataSource, int id) {
        new JdbcTemplate(dataSource).update(INSERT, id);
    }

    private static void inTransaction(
            PlatformTransactionManager transactions, DataSource dataSource, int id) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> insert(dataSource, id));
    }
}
