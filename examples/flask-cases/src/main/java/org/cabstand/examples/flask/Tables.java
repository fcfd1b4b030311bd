package org.cabstand.examples.flask;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.cabstand.Pool;

/**
 * Creates the tables when the application starts; {@code flask init-db}.
 *
 * <p>There is no request at that moment, so it borrows a connection from the {@code DataSource} and
 * closes it.
 */
@ApplicationScoped
public class Tables {

    void create(
            @Observes Startup event,
            @Pool("orm") DataSource postgres,
            @Pool("sqlite") DataSource sqliteFile,
            @Pool("sqlite-memory") DataSource sqliteMemory)
            throws SQLException {
        execute(postgres, "create table if not exists users (name varchar(80) primary key)");
        for (DataSource sqlite : new DataSource[] {sqliteFile, sqliteMemory}) {
            execute(sqlite, "create table if not exists counter (n integer)");
            execute(
                    sqlite,
                    "insert into counter select 0 where not exists (select * from counter)");
        }
    }

    private static void execute(DataSource pool, String sql) throws SQLException {
        try (Connection db = pool.getConnection();
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }
}
