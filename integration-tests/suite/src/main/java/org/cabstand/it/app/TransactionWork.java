package org.cabstand.it.app;

import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** What a request does over its pool: rows that begin with its identifier. */
public final class TransactionWork {

    private final String pool;
    private final String id;
    private final Instance<Connection> connections;
    private final Instance<DataSource> dataSources;

    TransactionWork(
            String pool,
            String id,
            Instance<Connection> connections,
            Instance<DataSource> dataSources) {
        this.pool = pool;
        this.id = id;
        this.connections = connections;
        this.dataSources = dataSources;
    }

    String id() {
        return id;
    }

    Connection db() {
        return connections.select(Pool.Literal.of(pool)).get();
    }

    Connection db(String other) {
        return connections.select(Pool.Literal.of(other)).get();
    }

    DataSource source() {
        return dataSources.select(Pool.Literal.of(pool)).get();
    }

    void insert(String suffix) throws SQLException {
        Sql.insertWork(db(), id + suffix);
    }

    String session() throws SQLException {
        return Sql.session(db());
    }
}
