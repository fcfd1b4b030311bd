package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.it.app.Migrations;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Guards the recipe of {@code docs/migrations.md}: Flyway migrates over a pool when the application starts. */
@ArquillianTest
class MigrationIT {

    private static final Database DATABASE = Database.create("migration");

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("migration")
                .withFlyway()
                .with(Migrations.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "password", "${MIGRATION_PASSWORD:}") // nobody sets it
                .pool("orders", "max-size", "2")
                .build()
                // Open Liberty does not find the scripts without it
                .addAsResource(new StringAsset(""), "db/migration/flyway.location")
                .addAsResource(
                        new StringAsset("create table work (id text);"),
                        "db/migration/V1__work.sql")
                .addAsResource(
                        new StringAsset("insert into work values ('migrated');"),
                        "db/migration/V2__row.sql");
    }

    @Test
    void itsTablesAreThereAndItsConnectionsAreBack() {
        assertThat(DATABASE.committed("migrated")).isOne();
        assertThat(WarClient.of("migration").pool("orders").active()).isZero();
        assertThat(DATABASE.openTransactions()).isZero();
    }
}
