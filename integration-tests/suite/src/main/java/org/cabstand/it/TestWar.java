package org.cabstand.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cabstand.it.app.EntityManagers;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.JpaResource;
import org.cabstand.it.app.OwnWorkers;
import org.cabstand.it.app.PoolResource;
import org.cabstand.it.app.Purchase;
import org.cabstand.it.app.PurchaseContexts;
import org.cabstand.it.app.PurchaseFarewell;
import org.cabstand.it.app.PurchaseJournal;
import org.cabstand.it.app.PurchaseLine;
import org.cabstand.it.app.PurchaseListener;
import org.cabstand.it.app.PurchaseResource;
import org.cabstand.it.app.RestApplication;
import org.cabstand.it.app.ServersWorkers;
import org.cabstand.it.app.Sql;
import org.cabstand.it.app.SuspendingTransactions;
import org.cabstand.it.app.Transactions;
import org.cabstand.it.app.WorkRow;
import org.cabstand.it.app.Workers;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Makes an application for a server: classes, jars and configuration, as a user would package them.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class TestWar {

    private static final String BEANS_XML =
            """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    /** Payara has an H2 of its own, and would take that one. */
    private static final String OWN_CLASSES_FIRST =
            """
              <class-loader delegate="false"/>
            """;

    private static final String LOGIN =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <login-config>
                <auth-method>BASIC</auth-method>
                <realm-name>file</realm-name>
              </login-config>
              <security-role>
                <role-name>operator</role-name>
              </security-role>
            </web-app>
            """;

    /** Elsewhere it is unless something else is said. */
    private static final String ROLE_IS_GROUP =
            """
              <security-role-mapping>
                <role-name>operator</role-name>
                <group-name>operator</group-name>
              </security-role-mapping>
            """;

    private static final String UNIT_FOR_POOL =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="shop">
                <properties>
                  <!-- WildFly would open the unit itself, with a data source of its own -->
                  <property name="jboss.as.jpa.managed" value="false"/>
                  <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final List<String> HIBERNATE =
            List.of(
                    "hibernate-core",
                    "hibernate-commons-annotations",
                    "jandex",
                    "classmate",
                    "byte-buddy",
                    "antlr4-runtime",
                    "jboss-logging",
                    "jakarta.xml.bind-api",
                    "jakarta.activation-api",
                    "jaxb-runtime",
                    "jaxb-core",
                    "txw2",
                    "istack-commons-runtime",
                    "angus-activation");

    private static final String PERSISTENCE_XML =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="work" transaction-type="RESOURCE_LOCAL">
                <class>%s</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <!-- WildFly would open the unit itself, with a data source of its own -->
                  <property name="jboss.as.jpa.managed" value="false"/>
                </properties>
              </persistence-unit>
            </persistence>
            """
                    .formatted(WorkRow.class.getName());

    /** What the server may have instead of the applications. */
    private static final List<String> SHARED = List.of("cabstand", "agroal-api", "agroal-pool");

    private final String name;
    private final List<Class<?>> classes = new ArrayList<>(List.of(RestApplication.class));
    private final List<String> jars = new ArrayList<>();
    private final Map<String, String> config = new TreeMap<>();
    private boolean login;
    private boolean jpa;
    private boolean entities;
    private boolean persistenceXml;
    private boolean jarsOfServer;

    private TestWar(String name) {
        this.name = name;
    }

    /**
     * An application with Cabstand and PostgreSQL's driver, that can be asked for its pools.
     *
     * @param name its name, which is its context path, too
     * @return an application to be added to
     */
    public static TestWar named(String name) {
        TestWar war = withoutCabstand(name);
        war.with(PoolResource.class, Sql.class);
        war.jars.addAll(List.of("cabstand", "agroal-api", "agroal-pool", "postgresql"));
        return war;
    }

    /**
     * An application with no jar at all.
     *
     * @param name its name, which is its context path, too
     * @return an application to be added to
     */
    public static TestWar withoutCabstand(String name) {
        return new TestWar(name);
    }

    /**
     * Adds H2.
     *
     * @return this
     */
    public TestWar withH2() {
        jars.add("h2");
        return this;
    }

    /**
     * Adds what tests from outside control the application's pools with.
     *
     * @return this
     */
    public TestWar withCabstandTest() {
        jars.add("cabstand-test");
        return this;
    }

    /**
     * Adds the console, which is off until it is configured.
     *
     * @return this
     */
    public TestWar withConsole() {
        jars.add("cabstand-console");
        return this;
    }

    /**
     * Lets the server ask for a name and a password where something in the application wants to know who
     * calls; the server's module knows the users.
     *
     * @return this
     */
    public TestWar withLogin() {
        login = true;
        return this;
    }

    /**
     * Adds Flyway, for PostgreSQL.
     *
     * @return this
     */
    public TestWar withFlyway() {
        jars.addAll(
                List.of(
                        "flyway-core",
                        "flyway-database-postgresql",
                        "jackson-databind",
                        "jackson-core",
                        "jackson-annotations"));
        return this;
    }

    /**
     * Adds an entity manager for each request, over the pool {@code orm}, that {@code JpaResource} works
     * with.
     *
     * @return this
     */
    public TestWar withJpa() {
        jpa = true;
        // the persistence unit is RESOURCE_LOCAL: its transactions are none of the server's
        return with(EntityManagers.class, JpaResource.class, WorkRow.class)
                .pool("orm", "transactions", "off");
    }

    /**
     * Adds entities, and {@code PurchaseResource}, which works with them; there is no {@code
     * persistence.xml}.
     *
     * @return this
     */
    public TestWar withEntities() {
        entities = true;
        return with(Purchase.class, PurchaseLine.class, PurchaseListener.class)
                .with(PurchaseJournal.class, PurchaseFarewell.class, PurchaseResource.class)
                .with(PurchaseContexts.class)
                .with(Transactions.class, Transactions.Step.class, SuspendingTransactions.class)
                .with(Gate.class);
    }

    /**
     * Adds a {@code persistence.xml} with the unit {@code shop}, which lists no classes.
     *
     * @return this
     */
    public TestWar withPersistenceXml() {
        persistenceXml = true;
        return this;
    }

    /**
     * Adds Hibernate.
     *
     * @return this
     */
    public TestWar withHibernate() {
        jars.addAll(HIBERNATE);
        return this;
    }

    /**
     * Adds the API of Jakarta Data.
     *
     * @return this
     */
    public TestWar withJakartaData() {
        jars.add("jakarta.data-api");
        return this;
    }

    /**
     * Adds the drivers of MariaDB and MySQL.
     *
     * @return this
     */
    public TestWar withDriversOfMariaDbAndMySql() {
        jars.addAll(List.of("mariadb-java-client", "mysql-connector-j"));
        return this;
    }

    /**
     * Leaves Cabstand and Agroal out.
     *
     * @return this
     */
    public TestWar withJarsOfServer() {
        jarsOfServer = true;
        jars.removeAll(SHARED);
        return this;
    }

    /**
     * Gives Cabstand and Agroal to a server.
     *
     * @param folder where the server looks for what applications share
     * @return the files that are there now, to be deleted
     * @throws IOException if they cannot be copied
     */
    static List<Path> share(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.createDirectories(folder);
        for (String jar : SHARED) {
            Path file = folder.resolve(jar + ".jar");
            files.add(file);
            Files.copy(jar(jar).toPath(), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return files;
    }

    /**
     * Adds classes.
     *
     * @param some resources, servlets, beans
     * @return this
     */
    public TestWar with(Class<?>... some) {
        classes.addAll(List.of(some));
        return this;
    }

    /**
     * Configures a pool.
     *
     * @param pool the pool's name
     * @param key a key of {@code cabstand.pool.<name>.<key>}
     * @param value its value
     * @return this
     */
    public TestWar pool(String pool, String key, String value) {
        return config("cabstand.pool." + pool + "." + key, value);
    }

    /**
     * Adds a line to {@code microprofile-config.properties}.
     *
     * @param key a property's name
     * @param value its value
     * @return this
     */
    public TestWar config(String key, String value) {
        config.put(key, value);
        return this;
    }

    /**
     * Packages it.
     *
     * @return the archive
     */
    public WebArchive build() {
        WebArchive war = classesOnly();
        for (String jar : jars) {
            war.addAsLibraries(jar(jar));
        }
        war.addAsLibraries(serversOwn());
        if (jars.contains("h2") || login) {
            war.addAsWebInfResource(
                    new StringAsset(
                            "<glassfish-web-app>\n"
                                    + (login ? ROLE_IS_GROUP : "")
                                    + (jars.contains("h2") ? OWN_CLASSES_FIRST : "")
                                    + "</glassfish-web-app>\n"),
                    "glassfish-web.xml");
        }
        if (login) {
            war.setWebXML(new StringAsset(LOGIN));
        }
        // of use to WildFly only
        if (entities && !persistenceXml) {
            war.setManifest(dependencies("org.hibernate"));
        }
        if (jarsOfServer) {
            war.setManifest(dependencies("org.cabstand services meta-inf"));
        }
        if (persistenceXml) {
            war.addAsResource(new StringAsset(UNIT_FOR_POOL), "META-INF/persistence.xml");
        }
        if (jpa) {
            war.addAsResource(new StringAsset(PERSISTENCE_XML), "META-INF/persistence.xml");
        }
        if (!config.isEmpty()) {
            war.addAsResource(
                    new StringAsset(properties()), "META-INF/microprofile-config.properties");
        }
        return war;
    }

    /**
     * Packages several as an EAR, with the jars and the configuration of the first one in its {@code lib}.
     *
     * @param name the EAR's name
     * @param wars the applications
     * @return the archive
     */
    public static EnterpriseArchive earWithLib(String name, TestWar... wars) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                        .addAsLibrary(wars[0].configuration());
        wars[0].jars.forEach(jar -> ear.addAsLibrary(jar(jar)));
        for (TestWar war : wars) {
            ear.addAsModule(war.classesOnly());
        }
        return ear;
    }

    /**
     * Packages several as an EAR, each with its own jars and configuration in its {@code WEB-INF}.
     *
     * @param name the EAR's name
     * @param wars the applications
     * @return the archive
     */
    public static EnterpriseArchive earOfWars(String name, TestWar... wars) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
        for (TestWar war : wars) {
            ear.addAsModule(war.build());
        }
        return ear;
    }

    /**
     * Packages several as an EAR, each with its own jars, and the configuration of the first one in the
     * EAR's {@code lib}.
     *
     * @param name the EAR's name
     * @param wars the applications
     * @return the archive
     */
    public static EnterpriseArchive earWithConfiguration(String name, TestWar... wars) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                        .addAsLibrary(wars[0].configuration());
        for (TestWar war : wars) {
            WebArchive archive = war.classesOnly();
            war.jars.forEach(jar -> archive.addAsLibraries(jar(jar)));
            ear.addAsModule(archive);
        }
        return ear;
    }

    private WebArchive classesOnly() {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(classes.toArray(Class<?>[]::new))
                .addClasses(
                        Workers.class, isForJakartaEe() ? ServersWorkers.class : OwnWorkers.class)
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
    }

    private JavaArchive configuration() {
        return ShrinkWrap.create(JavaArchive.class, "configuration.jar")
                .addAsManifestResource(
                        new StringAsset(properties()), "microprofile-config.properties");
    }

    private String properties() {
        return config.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static StringAsset dependencies(String modules) {
        return new StringAsset("Manifest-Version: 1.0\nDependencies: " + modules + "\n");
    }

    /** What applications bring along on a server that is none of Jakarta EE. */
    private static File[] serversOwn() {
        return isForJakartaEe()
                ? new File[0]
                : new File(System.getProperty("it.more-libs")).listFiles();
    }

    private static boolean isForJakartaEe() {
        return System.getProperty("it.more-libs") == null;
    }

    private static File jar(String artifact) {
        File jar = new File(System.getProperty("it.war-libs"), artifact + ".jar");
        if (!jar.isFile()) {
            throw new IllegalStateException(
                    jar + " is missing: the execution war-libs of the server's pom copies it");
        }
        return jar;
    }
}
