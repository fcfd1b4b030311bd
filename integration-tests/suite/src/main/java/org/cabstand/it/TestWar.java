package org.cabstand.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cabstand.it.app.EntityManagers;
import org.cabstand.it.app.JpaResource;
import org.cabstand.it.app.OwnWorkers;
import org.cabstand.it.app.PoolResource;
import org.cabstand.it.app.PurchaseResource;
import org.cabstand.it.app.RestApplication;
import org.cabstand.it.app.ServersWorkers;
import org.cabstand.it.app.Sql;
import org.cabstand.it.app.WorkRow;
import org.cabstand.it.app.Workers;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Makes an application for a server: classes, jars and configuration, as a user would package them.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class TestWar {

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
        jars.addAll(Libraries.FLYWAY);
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
        return with(PurchaseResource.CLASSES);
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
        jars.addAll(Libraries.HIBERNATE);
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
        jars.removeAll(Libraries.SHARED);
        return this;
    }

    /**
     * Adds classes.
     *
     * @param some resources, servlets, beans
     * @return this
     */
    public TestWar with(Class<?>... some) {
        return with(List.of(some));
    }

    private TestWar with(List<Class<?>> some) {
        classes.addAll(some);
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
            war.addAsLibraries(Libraries.jar(jar));
        }
        war.addAsLibraries(Libraries.serversOwn());
        if (jars.contains("h2") || login) {
            war.addAsWebInfResource(
                    Descriptors.glassFish(login, jars.contains("h2")), "glassfish-web.xml");
        }
        if (login) {
            war.setWebXML(Descriptors.LOGIN);
        }
        // of use to WildFly only
        if (entities && !persistenceXml) {
            war.setManifest(Descriptors.dependencies("org.hibernate"));
        }
        if (jarsOfServer) {
            war.setManifest(Descriptors.dependencies("org.cabstand services meta-inf"));
        }
        if (persistenceXml) {
            war.addAsResource(Descriptors.UNIT_FOR_POOL, "META-INF/persistence.xml");
        }
        if (jpa) {
            war.addAsResource(Descriptors.PERSISTENCE_XML, "META-INF/persistence.xml");
        }
        if (!config.isEmpty()) {
            war.addAsResource(properties(), "META-INF/microprofile-config.properties");
        }
        return war;
    }

    /** What it is made of, by the names of the artifacts. */
    List<String> jars() {
        return jars;
    }

    /** Without jars and configuration. */
    WebArchive classesOnly() {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(classes.toArray(Class<?>[]::new))
                .addClasses(
                        Workers.class,
                        Libraries.isForJakartaEe() ? ServersWorkers.class : OwnWorkers.class)
                .addAsWebInfResource(Descriptors.BEANS_XML, "beans.xml");
    }

    /** In a jar of its own. */
    JavaArchive configuration() {
        return ShrinkWrap.create(JavaArchive.class, "configuration.jar")
                .addAsManifestResource(properties(), "microprofile-config.properties");
    }

    private StringAsset properties() {
        return new StringAsset(
                config.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
    }
}
