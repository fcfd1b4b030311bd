package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cabstand.JpaFixture.ECLIPSELINK;
import static org.cabstand.JpaFixture.HIBERNATE;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.sql.Connection;
import org.cabstand.TestApplication.Work;
import org.cabstand.depot.Crate;
import org.cabstand.depot.Pallet;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units of {@code META-INF/persistence.xml}, several of them, and who else opens some. */
class PersistenceXmlTest extends PersistenceXmlFixture {

    private static final String MAPPING =
            """
            <entity-mappings xmlns="https://jakarta.ee/xml/ns/persistence/orm" version="3.0">
              <entity class="org.cabstand.depot.Pallet" access="FIELD">
                <attributes>
                  <id name="id"/>
                  <basic name="place"><column name="stands_at"/></basic>
                </attributes>
              </entity>
            </entity-mappings>
            """;

    /** Who works with two units. */
    @ApplicationScoped
    static class Depot {

        @Inject @Any Instance<EntityManager> all;

        EntityManager of(String pool) {
            return all.select(Pool.Literal.of(pool)).get();
        }

        @Transactional
        void required(Work work) throws Exception {
            work.run();
        }
    }

    /** Has one of its own. */
    @ApplicationScoped
    static class Self {

        @Inject EntityManager em;

        @Produces
        @ApplicationScoped
        static EntityManagerFactory factory() {
            return null;
        }

        @Produces
        @ApplicationScoped
        static EntityManager manager() {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HIBERNATE, ECLIPSELINK})
    void unitsPropertiesMappingFilesAndClassesAreTheFiles(String provider) throws Exception {
        Files.writeString(directory.resolve("META-INF/pallets.xml"), MAPPING);
        String create =
                "<properties><property name=\"jakarta.persistence.schema-generation.database.action\""
                        + " value=\"drop-and-create\"/></properties>";
        units(
                unit(
                        "depot",
                        "<provider>"
                                + provider
                                + "</provider><mapping-file>META-INF/pallets.xml</mapping-file>"
                                + "<class>org.cabstand.depot.Crate</class>"
                                + "<class>org.cabstand.depot.Shouting</class>"
                                + create),
                unit("other", "<class>org.cabstand.depot.Crate</class>"));
        pool("depot", "jpa.unit", "depot");
        pool(
                "shop",
                "jpa.packages",
                "org.cabstand.shop",
                "jpa.properties.jakarta.persistence.provider",
                provider,
                "jpa.properties.jakarta.persistence.schema-generation.database.action",
                "drop-and-create");
        try (var app = start(Depot.class, Ledger.class)) {
            Depot work = app.get(Depot.class);
            app.request(
                    () -> {
                        work.required(
                                () -> {
                                    work.of("depot").persist(new Crate(1, "fragile"));
                                    work.of("depot").persist(new Pallet(2, "door"));
                                });
                        work.required(() -> work.of("shop").persist(new Order(3)));
                        assertThat(
                                        work.of("depot")
                                                .createNamedQuery("labels", String.class)
                                                .getResultList())
                                .containsExactly("FRAGILE");
                        assertThat(work.of("depot").find(Pallet.class, 2L).place())
                                .isEqualTo("door");
                        assertThat(work.of("shop").find(Order.class, 3L)).isNotNull();
                        assertThatThrownBy(() -> work.of("shop").find(Crate.class, 1L))
                                .isInstanceOf(IllegalArgumentException.class);
                        Connection db = app.get(Connection.class, Pool.Literal.of("depot"));
                        assertThat(Sql.one(db, "select stands_at from pallet")).isEqualTo("door");
                    });
        }
    }

    /** Two databases, one transaction. */
    @ParameterizedTest
    @ValueSource(strings = {HIBERNATE, ECLIPSELINK})
    void unitsOfTwoPoolsShareATransactionInTwoPhases(String provider) throws Exception {
        for (String pool : new String[] {"depot", "shop"}) {
            pool(
                    pool,
                    "transactions",
                    "xa",
                    "max-size",
                    "1",
                    "jpa.packages",
                    "org.cabstand." + pool,
                    "jpa.properties.jakarta.persistence.provider",
                    provider,
                    "jpa.properties.jakarta.persistence.schema-generation.database.action",
                    "drop-and-create");
        }
        try (var app = start(Depot.class, Ledger.class)) {
            Depot work = app.get(Depot.class);
            app.request(
                    () -> {
                        work.required(
                                () -> {
                                    work.of("depot").persist(new Crate(1, "both"));
                                    work.of("shop").persist(new Order(1));
                                });
                        assertThatThrownBy(
                                        () ->
                                                work.required(
                                                        () -> {
                                                            work.of("depot")
                                                                    .persist(new Crate(2, "none"));
                                                            work.of("depot").flush();
                                                            work.of("shop").persist(new Order(1));
                                                        }))
                                .isInstanceOf(Exception.class);
                        assertThat(work.of("depot").find(Crate.class, 1L)).isNotNull();
                        assertThat(work.of("shop").find(Order.class, 1L)).isNotNull();
                        assertThat(work.of("depot").find(Crate.class, 2L)).isNull();
                    });
        }
    }

    @Test
    void applicationsOwnEntityManagerWins() throws Exception {
        pool("test");
        try (var app = start(Self.class)) {
            assertThat(app.get(Self.class)).isNotNull();
        }
    }

    /** Unqualified ones may be the server's, which opens the units of the file itself. */
    @Test
    void injectionPointWithoutQualifierIsLeftToOthersBesideAFileThatNoPoolNames() throws Exception {
        units(unit("shop", ""));
        pool("test");
        assertThatThrownBy(() -> start(JpaFixture.Shop.class).close())
                .hasMessageContaining("WELD-001408");
    }
}
