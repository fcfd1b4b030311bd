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
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.TestApplication.Work;
import org.cabstand.depot.Crate;
import org.cabstand.depot.Pallet;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.Order;
import org.glassfish.web.loader.LoaderLikeGlassFishs;
import org.jboss.modules.LoaderLikeWildFlys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units of {@code META-INF/persistence.xml}, several of them, and what can be wrong with them. */
class PersistenceXmlTest {

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

    /** Wants one that nobody has configured. */
    @ApplicationScoped
    static class Wishful {

        @Inject
        @Pool("test")
        EntityManager em;
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

    @TempDir private Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private ClassLoader before;
    private URLClassLoader loader;

    @BeforeEach
    void setLoader() throws IOException {
        before = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(loader);
        Files.createDirectory(directory.resolve("META-INF"));
    }

    @AfterEach
    void resetLoader() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private void units(String... units) throws IOException {
        Files.writeString(
                directory.resolve("META-INF/persistence.xml"),
                "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">"
                        + String.join("", units)
                        + "</persistence>");
    }

    private static String unit(String name, String content) {
        return "<persistence-unit name=\"" + name + "\">" + content + "</persistence-unit>";
    }

    private void pool(String name, String... settings) {
        String prefix = "cabstand.pool." + name + ".";
        properties.put(prefix + "url", "jdbc:h2:mem:unit-" + name + ";DB_CLOSE_DELAY=-1");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(prefix + settings[i], settings[i + 1]);
        }
    }

    private TestApplication start(Class<?>... beans) {
        return TestApplication.startWithJta(properties, beans);
    }

    private void assertFault(String fault, Class<?>... beans) {
        assertThatThrownBy(() -> start(beans).close()).hasMessageContaining(fault);
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
    void unitThatDoesNotExist() throws Exception {
        units(unit("shop", ""));
        pool("test", "jpa.unit", "shoop");
        assertFault(
                "CAB0161: 'cabstand.pool.test.jpa.unit' is 'shoop', a unit that no"
                        + " META-INF/persistence.xml of the application has; there are: [shop].");
    }

    @Test
    void unitOfTwoPools() throws Exception {
        units(unit("shop", "<class>org.cabstand.depot.Crate</class>"));
        pool("a", "jpa.unit", "shop");
        pool("b", "jpa.unit", "shop");
        assertFault(
                "CAB0162: persistence unit 'shop' is named by 'cabstand.pool.a.jpa.unit' and by"
                        + " 'cabstand.pool.b.jpa.unit'.");
    }

    @Test
    void unitWithADataSourceOfItsOwn() throws Exception {
        units(
                "<persistence-unit name=\"shop\" transaction-type=\"RESOURCE_LOCAL\">"
                        + "<jta-data-source>java:/ExampleDS</jta-data-source></persistence-unit>");
        pool("test", "jpa.unit", "shop");
        assertFault(
                "CAB0163: persistence unit 'shop' has"
                        + " <jta-data-source>java:/ExampleDS</jta-data-source> and"
                        + " transaction-type=\"RESOURCE_LOCAL\". Remove that");
    }

    @Test
    void unitThatWildFlyWouldOpenItself() throws Exception {
        units(unit("shop", "<class>org.cabstand.depot.Crate</class>"));
        pool("test", "jpa.unit", "shop");
        try (var wildfly = new LoaderLikeWildFlys(directory.toUri().toURL(), before)) {
            Thread.currentThread().setContextClassLoader(wildfly);
            assertFault(
                    "CAB0165: WildFly would start persistence unit 'shop' itself, with a data source of"
                            + " its own. Add <property name=\"jboss.as.jpa.managed\" value=\"false\"/>");
        }
    }

    @Test
    void unitThatGlassFishOfEE11WouldOpenItself() throws Exception {
        units(unit("shop", "<class>org.cabstand.depot.Crate</class>"));
        pool("test", "jpa.unit", "shop");
        for (boolean isOfEE11 : new boolean[] {true, false}) {
            try (var glassFish =
                    new LoaderLikeGlassFishs(directory.toUri().toURL(), before, isOfEE11)) {
                Thread.currentThread().setContextClassLoader(glassFish);
                if (isOfEE11) {
                    assertFault(
                            "CAB0197: this server starts each unit of META-INF/persistence.xml itself,"
                                    + " 'shop' too, with a data source of its own. Remove"
                                    + " 'cabstand.pool.test.jpa.unit' and the unit:");
                } else {
                    start().close();
                }
            }
        }
    }

    @Test
    void providerThatIsNotThere() throws Exception {
        units(
                unit(
                        "shop",
                        "<provider>com.acme.Provider</provider>"
                                + "<class>org.cabstand.depot.Crate</class>"));
        pool("test", "jpa.unit", "shop");
        assertFault(
                "CAB0164: there is no JPA provider for the persistence unit of pool 'test': there is"
                        + " no com.acme.Provider.");
    }

    @Test
    void packagesWithoutEntities() {
        pool("test", "jpa.packages", "org.cabstand.nowhere");
        assertFault(
                "CAB0166: an EntityManager of pool 'test' is injected, but no entity was found in"
                        + " [org.cabstand.nowhere]. Set 'cabstand.pool.test.jpa.packages'");
    }

    @Test
    void fileThatIsNoXml() throws Exception {
        Files.writeString(directory.resolve("META-INF/persistence.xml"), "<persistence");
        pool("test", "jpa.unit", "shop");
        assertFault("CAB0168: the persistence unit of pool 'test' cannot be read: ");
    }

    @Test
    void poolThatTakesPartInNoTransaction() {
        pool("test", "jpa.packages", "org.cabstand.depot", "transactions", "off");
        assertFault("CAB0169: 'cabstand.pool.test.transactions' is 'off', but pool 'test' has");
    }

    @Test
    void poolThatDoesNotExistIsNamedWithWhoNeedsIt() {
        pool("other");
        assertFault(
                "CAB0012: pool 'test' has no JDBC URL (needed by"
                        + " org.cabstand.PersistenceXmlTest$Wishful.em)",
                Wishful.class);
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
