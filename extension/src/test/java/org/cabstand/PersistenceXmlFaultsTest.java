package org.cabstand;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import org.glassfish.web.loader.LoaderLikeGlassFishs;
import org.jboss.modules.LoaderLikeWildFlys;
import org.junit.jupiter.api.Test;

/**
 * What can be wrong with units of {@code META-INF/persistence.xml}, and with packages, is said at
 * deployment.
 */
class PersistenceXmlFaultsTest extends PersistenceXmlFixture {

    /** Wants one that nobody has configured. */
    @ApplicationScoped
    static class Wishful {

        @Inject
        @Pool("test")
        EntityManager em;
    }

    private void assertFault(String fault, Class<?>... beans) {
        assertThatThrownBy(() -> start(beans).close()).hasMessageContaining(fault);
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
                        + " org.cabstand.PersistenceXmlFaultsTest$Wishful.em)",
                Wishful.class);
    }
}
