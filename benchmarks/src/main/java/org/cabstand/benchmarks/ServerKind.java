package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The servers, each with its own data source and the WAR: what to put where, and how to start it. */
enum ServerKind {
    WILDFLY("WildFly", "wildfly", "java:/jdbc/world", 8080, "standalone/deployments") {
        @Override
        List<String> prepare(Path home, Path war, Database database) throws IOException {
            Path target = home.resolve(deployments);
            copy(War.driver(), target.resolve("postgresql.jar"));
            Files.writeString(
                    target.resolve("world-ds.xml"),
                    """
                    <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
                      <datasource jndi-name="java:/jdbc/world" pool-name="world">
                        <connection-url>%s</connection-url>
                        <driver>postgresql.jar</driver>
                        <pool>
                          <min-pool-size>%2$d</min-pool-size>
                          <max-pool-size>%2$d</max-pool-size>
                        </pool>
                        <security><user-name>%3$s</user-name></security>
                        <validation>
                          <valid-connection-checker class-name="org.jboss.jca.adapters.jdbc.extensions.postgres.PostgreSQLValidConnectionChecker"/>
                          <background-validation>true</background-validation>
                          <background-validation-millis>120000</background-validation-millis>
                        </validation>
                      </datasource>
                    </datasources>
                    """
                            .formatted(database.url(), database.size(), Database.USER));
            copy(war, target.resolve(War.NAME));
            return List.of(
                    home.resolve("bin/standalone.sh").toString(),
                    "-c",
                    "standalone-microprofile.xml");
        }

        @Override
        OptionalDouble deploymentMillis(String log, String application) {
            Optional<LocalTime> begun = timeOf(log, "WFLYSRV0027: [^\"]*\"" + application);
            Optional<LocalTime> done = timeOf(log, "WFLYSRV0010: [^\"]*\"" + application);
            return begun.isPresent() && done.isPresent()
                    ? OptionalDouble.of(Duration.between(begun.get(), done.get()).toMillis())
                    : OptionalDouble.empty();
        }

        private Optional<LocalTime> timeOf(String log, String event) {
            return Pattern.compile("([0-9:]+,[0-9]+) [^\\n]*" + event)
                    .matcher(log)
                    .results()
                    .map(found -> LocalTime.parse(found.group(1).replace(',', '.')))
                    .findFirst();
        }

        @Override
        boolean isUndeployed(String log, String application) {
            return timeOf(log, "WFLYSRV0009: [^\"]*\"" + application).isPresent();
        }
    },
    PAYARA(
            "Payara",
            "payara6",
            "java:app/jdbc/world",
            8080,
            "glassfish/domains/domain1/autodeploy") {
        @Override
        List<String> prepare(Path home, Path war, Database database) throws IOException {
            Path domain = home.resolve("glassfish/domains/domain1");
            copy(War.driver(), domain.resolve("lib/postgresql.jar"));
            copy(war, domain.resolve("autodeploy/" + War.NAME));
            return List.of(
                    home.resolve("bin/asadmin").toString(), "start-domain", "--verbose", "domain1");
        }

        @Override
        OptionalDouble deploymentMillis(String log, String application) {
            return number(log, application + " was successfully deployed in ([0-9,]+) milli", 1);
        }

        @Override
        boolean isUndeployed(String log, String application) {
            return Pattern.compile("utoundeployed[^\\n]*" + application).matcher(log).find();
        }
    },
    LIBERTY("Open Liberty", "wlp", "jdbc/world", 9080, "usr/servers/bench/dropins") {
        @Override
        List<String> prepare(Path home, Path war, Database database) throws IOException {
            Path server = home.resolve("usr/servers/bench");
            Files.createDirectories(server.resolve("dropins"));
            copy(War.driver(), server.resolve("lib/postgresql.jar"));
            copy(war, server.resolve("dropins/" + War.NAME));
            Files.writeString(
                    server.resolve("server.xml"),
                    """
                    <server>
                      <featureManager>
                        <feature>servlet-6.0</feature>
                        <feature>restfulWS-3.1</feature>
                        <feature>cdi-4.0</feature>
                        <feature>mpConfig-3.1</feature>
                        <feature>jdbc-4.3</feature>
                        <feature>jndi-1.0</feature>
                        <feature>persistence-3.1</feature>
                      </featureManager>
                      <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="9080" httpsPort="-1"/>
                      <library id="driver"><fileset dir="${server.config.dir}/lib" includes="*.jar"/></library>
                      <dataSource jndiName="jdbc/world">
                        <jdbcDriver libraryRef="driver"/>
                        <connectionManager minPoolSize="%1$d" maxPoolSize="%1$d"/>
                        <properties.postgresql URL="%2$s" user="%3$s" password="%3$s"/>
                      </dataSource>
                    </server>
                    """
                            .formatted(database.size(), database.url(), Database.USER));
            return List.of(home.resolve("bin/server").toString(), "run", "bench");
        }

        @Override
        OptionalDouble deploymentMillis(String log, String application) {
            return number(
                    log,
                    "CWWKZ0001I: Application " + application + " started in ([0-9.]+) s",
                    1_000);
        }

        @Override
        boolean isUndeployed(String log, String application) {
            return Pattern.compile("CWWKZ0009I: [^\\n]* " + application + " ").matcher(log).find();
        }
    };

    private static OptionalDouble number(String log, String pattern, double unit) {
        return Pattern.compile(pattern)
                .matcher(log)
                .results()
                .mapToDouble(found -> unit * Double.parseDouble(found.group(1).replace(",", "")))
                .findFirst();
    }

    /**
     * The database of both pools.
     *
     * @param url of PostgreSQL, without user
     * @param size of both
     */
    record Database(String url, int size) {

        /** User and password: Payara requires a password, which this PostgreSQL ignores. */
        static final String USER = "postgres";

        /** Payara's data source, as part of the application. */
        String payaraResources() {
            return """
            <!DOCTYPE resources PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Resource Definitions//EN" "http://glassfish.org/dtds/glassfish-resources_1_5.dtd">
            <resources>
              <jdbc-connection-pool name="java:app/world" res-type="javax.sql.DataSource"
                  datasource-classname="org.postgresql.ds.PGSimpleDataSource"
                  steady-pool-size="%1$d" max-pool-size="%1$d"
                  is-connection-validation-required="true" connection-validation-method="auto-commit"
                  validate-atmost-once-period-in-seconds="1">
                <property name="URL" value="%2$s"/>
                <property name="user" value="%3$s"/>
                <property name="password" value="%3$s"/>
              </jdbc-connection-pool>
              <jdbc-resource jndi-name="java:app/jdbc/world" pool-name="java:app/world"/>
            </resources>
            """
                    .formatted(size, url, USER);
        }
    }

    final String label;
    final String directory;
    final String jndi;
    final int port;

    /** The folder whose files the server deploys, relative to its home. */
    final String deployments;

    ServerKind(String label, String directory, String jndi, int port, String deployments) {
        this.label = label;
        this.directory = directory;
        this.jndi = jndi;
        this.port = port;
        this.deployments = deployments;
    }

    /**
     * Writes the files that the server needs.
     *
     * @return the command that runs it in the foreground
     */
    abstract List<String> prepare(Path home, Path war, Database database) throws IOException;

    /**
     * The duration of a deployment, as the server reports it.
     *
     * @param log the log since the deployment began
     * @return empty while it is running
     */
    abstract OptionalDouble deploymentMillis(String log, String application);

    /** Whether an undeployment is done, by the log since it began. */
    abstract boolean isUndeployed(String log, String application);

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
