package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Creates the tables when the application starts, and opens ten accounts. */
@ApplicationScoped
public class Tables {

    void create(@Observes Startup event, @Pool("bank") DataSource bank) throws SQLException {
        try (Connection db = bank.getConnection();
                Statement statement = db.createStatement()) {
            statement.execute(
                    """
                    create table if not exists accounts (
                        id integer primary key,
                        opening bigint not null,
                        balance bigint not null check (balance >= 0))
                    """);
            statement.execute(
                    """
                    create table if not exists journal (
                        id varchar(60) primary key,
                        payer integer not null,
                        payee integer not null,
                        cents bigint not null,
                        state varchar(10) not null,
                        tries integer not null,
                        reason text)
                    """);
            statement.execute(
                    """
                    insert into accounts
                    select id, 100000, 100000 from generate_series(1, 10) as id
                    on conflict do nothing
                    """);
        }
    }
}
