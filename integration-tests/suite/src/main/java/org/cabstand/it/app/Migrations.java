package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.flywaydb.core.Flyway;

/** Migrates a database when the application starts, as {@code docs/migrations.md} has it. */
@ApplicationScoped
public class Migrations {

    void migrate(
            @Observes @Initialized(ApplicationScoped.class) Object start,
            @Pool("orders") DataSource orders) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(orders)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
