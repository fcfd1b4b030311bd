package org.cabstand;

import java.util.List;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.TransactionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Libraries that send statements. */
final class QueryWays {

    private static final String INSERT = "insert into ride values (?)";

    /** A mapper of MyBatis. */
    interface Rides {
        @Insert("insert into ride values (#{id})")
        void add(int id);
    }

    private QueryWays() {}

    static List<Way> all() {
        return List.of(
                Way.of(
                        "jOOQ",
                        "`DSL.using(dataSource, …)`",
                        (app, id) ->
                                DSL.using(app.dataSource(), SQLDialect.POSTGRES)
                                        .execute(INSERT, id)),
                Way.of(
                        "jOOQ",
                        "`DSL.using(connection)`",
                        (app, id) -> DSL.using(app.connection()).execute(INSERT, id)),
                Way.of(
                        "jOOQ",
                        "`transaction(…)` over the DataSource",
                        "in a transaction leave it out",
                        (app, id) ->
                                DSL.using(app.dataSource(), SQLDialect.POSTGRES)
                                        .transaction(c -> c.dsl().execute(INSERT, id))),
                Way.of(
                        "jOOQ",
                        "`transaction(…)` over the Connection",
                        "in a transaction leave it out",
                        (app, id) ->
                                DSL.using(app.connection())
                                        .transaction(c -> c.dsl().execute(INSERT, id))),
                Way.of(
                        "JDBI",
                        "`Jdbi.create(dataSource)`, `useHandle`",
                        (app, id) ->
                                Jdbi.create(app.dataSource())
                                        .useHandle(handle -> handle.execute(INSERT, id))),
                Way.of(
                        "JDBI",
                        "`useTransaction`",
                        "`auto-commit` on: JDBI takes a connection without it for one in a transaction",
                        (app, id) ->
                                Jdbi.create(app.dataSource())
                                        .useTransaction(handle -> handle.execute(INSERT, id))),
                Way.of(
                        "JDBI",
                        "`useTransaction` with `CMTTransactionHandler`",
                        "not needed: `useTransaction` takes part without it",
                        (app, id) -> {
                            Jdbi jdbi = Jdbi.create(app.dataSource());
                            jdbi.setTransactionHandler(new CMTTransactionHandler());
                            jdbi.useTransaction(handle -> handle.execute(INSERT, id));
                        }),
                Way.of(
                        "JDBI",
                        "`Jdbi.create(connection)`, `useHandle`",
                        (app, id) ->
                                Jdbi.create(app.connection())
                                        .useHandle(handle -> handle.execute(INSERT, id))),
                Way.of(
                        "JDBI",
                        "`Jdbi.open(connection)`",
                        (app, id) -> {
                            try (Handle handle = Jdbi.open(app.connection())) {
                                handle.execute(INSERT, id);
                            }
                        }),
                Way.of(
                        "MyBatis",
                        "`JdbcTransactionFactory`, `commit()`",
                        "in a transaction: `ManagedTransactionFactory`",
                        (app, id) -> {
                            try (SqlSession session =
                                    myBatis(app, new JdbcTransactionFactory()).openSession()) {
                                session.getMapper(Rides.class).add(id);
                                session.commit();
                            }
                        }),
                Way.of(
                        "MyBatis",
                        "`JdbcTransactionFactory`, `openSession(true)`",
                        "in a transaction: `ManagedTransactionFactory`",
                        (app, id) -> {
                            try (SqlSession session =
                                    myBatis(app, new JdbcTransactionFactory()).openSession(true)) {
                                session.getMapper(Rides.class).add(id);
                            }
                        }),
                Way.of(
                        "MyBatis",
                        "`ManagedTransactionFactory`",
                        (app, id) -> {
                            try (SqlSession session =
                                    myBatis(app, new ManagedTransactionFactory()).openSession()) {
                                session.getMapper(Rides.class).add(id);
                                session.commit();
                            }
                        }),
                Way.of(
                        "MyBatis",
                        "`ManagedTransactionFactory`, `openSession(connection)`",
                        (app, id) -> {
                            try (SqlSession session =
                                    myBatis(app, new ManagedTransactionFactory())
                                            .openSession(app.connection())) {
                                session.getMapper(Rides.class).add(id);
                                session.commit();
                            }
                        }),
                Way.of(
                        "DbUtils",
                        "`new QueryRunner(dataSource)`",
                        (app, id) -> new QueryRunner(app.dataSource()).update(INSERT, id)),
                Way.of(
                        "DbUtils",
                        "`QueryRunner` with the Connection",
                        (app, id) -> new QueryRunner().update(app.connection(), INSERT, id)));
    }

    private static SqlSessionFactory myBatis(Way.Application app, TransactionFactory transactions) {
        Configuration configuration =
                new Configuration(new Environment("test", transactions, app.dataSource()));
        configuration.addMapper(Rides.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }
}
