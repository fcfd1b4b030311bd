package org.cabstand;

import com.p6spy.engine.spy.P6DataSource;
import com.querydsl.core.types.dsl.Expressions;
import com.querydsl.sql.Configuration;
import com.querydsl.sql.PostgreSQLTemplates;
import com.querydsl.sql.RelationalPathBase;
import com.querydsl.sql.SQLQueryFactory;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetProvider;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.apache.commons.dbutils.QueryRunner;
import org.dbunit.database.DatabaseConnection;
import org.dbunit.database.DatabaseDataSourceConnection;
import org.dbunit.database.IDatabaseConnection;
import org.dbunit.dataset.Column;
import org.dbunit.dataset.DefaultDataSet;
import org.dbunit.dataset.DefaultTable;
import org.dbunit.dataset.datatype.DataType;
import org.dbunit.operation.DatabaseOperation;

/** Query builders, tools for tests, row sets, and what wraps a DataSource. */
final class ToolWays {

    private ToolWays() {}

    static List<Way> all() {
        return List.of(
                Way.of(
                        "Querydsl",
                        "`SQLQueryFactory(configuration, dataSource, true)`",
                        (app, id) ->
                                querydsl(
                                        new SQLQueryFactory(
                                                new Configuration(new PostgreSQLTemplates()),
                                                app.dataSource(),
                                                true),
                                        id)),
                Way.of(
                        "Querydsl",
                        "`SQLQueryFactory(configuration, () -> connection)`",
                        (app, id) ->
                                querydsl(
                                        new SQLQueryFactory(
                                                new Configuration(new PostgreSQLTemplates()),
                                                app::connection),
                                        id)),
                Way.of(
                        "DBUnit",
                        "`DatabaseDataSourceConnection(dataSource, schema)`",
                        (app, id) ->
                                dbUnit(
                                        new DatabaseDataSourceConnection(
                                                app.dataSource(), "public"),
                                        id)),
                Way.of(
                        "DBUnit",
                        "`DatabaseConnection(connection, schema)`",
                        (app, id) ->
                                dbUnit(new DatabaseConnection(app.connection(), "public"), id)),
                Way.of(
                        "CachedRowSet",
                        "`setAutoCommit(false)`, `acceptChanges(connection)`",
                        "in a transaction write with statements",
                        (app, id) -> {
                            try (Connection connection = app.dataSource().getConnection()) {
                                cachedRowSet(connection, id);
                            }
                        }),
                wrapped(
                        "datasource-proxy",
                        "`ProxyDataSourceBuilder.create(dataSource)`",
                        dataSource -> ProxyDataSourceBuilder.create(dataSource).build()),
                wrapped("P6Spy", "`new P6DataSource(dataSource)`", P6DataSource::new),
                wrapped(
                        "OpenTelemetry JDBC",
                        "`JdbcTelemetry.wrap(dataSource)`",
                        dataSource -> JdbcTelemetry.create(OpenTelemetry.noop()).wrap(dataSource)));
    }

    private static void querydsl(SQLQueryFactory factory, int id) {
        var ride = new RelationalPathBase<>(Object.class, "ride", null, "ride");
        factory.insert(ride).set(Expressions.numberPath(Integer.class, ride, "id"), id).execute();
    }

    private static void dbUnit(IDatabaseConnection connection, int id) throws Exception {
        try {
            DefaultTable table =
                    new DefaultTable("ride", new Column[] {new Column("id", DataType.INTEGER)});
            table.addRow(new Object[] {id});
            DatabaseOperation.INSERT.execute(connection, new DefaultDataSet(table));
        } finally {
            connection.close();
        }
    }

    private static void cachedRowSet(Connection connection, int id) throws Exception {
        try (CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet()) {
            rows.setCommand("select id from ride where false");
            rows.execute(connection);
            rows.setTableName("ride");
            rows.moveToInsertRow();
            rows.updateInt(1, id);
            rows.insertRow();
            rows.moveToCurrentRow();
            connection.setAutoCommit(false);
            rows.acceptChanges(connection);
        }
    }

    private interface Wrapper {
        DataSource wrap(DataSource dataSource) throws Exception;
    }

    private static Way wrapped(String library, String name, Wrapper wrapper) {
        return Way.of(
                library,
                name,
                (app, id) ->
                        new QueryRunner(wrapper.wrap(app.dataSource()))
                                .update("insert into ride values (?)", id));
    }
}
