package org.cabstand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The servers, each with its own data source and the WAR: what to put where, and how to start it. */
enum ServerKind {
    WILDFLY("WildFly", "wildfly", "java:/jdbc/world", 8080) {
        @Override
        List<String> prepare(Path home, Path war, Database database) throws IOException {
            Path deployments = home.resolve("standalone/deployments");
            copy(War.driver(), deployments.resolve("postgresql.jar"));
            Files.writeString(
                    deployments.resolve("world-ds.xml"),
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
                      </datasource>
                    </datasources>
                    """
                            .formatted(database.url(), Database.SIZE, Database.USER));
            copy(war, deployments.resolve(War.NAME));
            return List.of(
                    home.resolve("bin/standalone.sh").toString(),
                    "-c",
                    "standalone-microprofile.xml");
        }
    },
    PAYARA("Payara", "payara6", "java:app/jdbc/world", 8080) {
        @Override
        List<String> prepare(Path home, Path war, Database database) throws IOException {
            Path domain = home.resolve("glassfish/domains/domain1");
            copy(War.driver(), domain.resolve("lib/postgresql.jar"));
            copy(war, domain.resolve("autodeploy/" + War.NAME));
            return List.of(
                    home.resolve("bin/asadmin").toString(), "start-domain", "--verbose", "domain1");
        }
    },
    LIBERTY("Open Liberty", "wlp", "jdbc/world", 9080) {
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
                            .formatted(Database.SIZE, database.url(), Database.USER));
            return List.of(home.resolve("bin/server").toString(), "run", "bench");
        }
    };

    /**
     * What both pools lead to.
     *
     * @param url of PostgreSQL, without user
     */
    record Database(String url) {

        static final int SIZE = 16;

        /** And password: Payara insists on one, this PostgreSQL does not look at it. */
        static final String USER = "postgres";

        /** Payara's data source, as part of the application. */
        String payaraResources() {
            return """
            <!DOCTYPE resources PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Resource Definitions//EN" "http://glassfish.org/dtds/glassfish-resources_1_5.dtd">
            <resources>
              <jdbc-connection-pool name="java:app/world" res-type="javax.sql.DataSource"
                  datasource-classname="org.postgresql.ds.PGSimpleDataSource"
                  steady-pool-size="%1$d" max-pool-size="%1$d">
                <property name="URL" value="%2$s"/>
                <property name="user" value="%3$s"/>
                <property name="password" value="%3$s"/>
              </jdbc-connection-pool>
              <jdbc-resource jndi-name="java:app/jdbc/world" pool-name="java:app/world"/>
            </resources>
            """
                    .formatted(SIZE, url, USER);
        }
    }

    final String label;
    final String directory;
    final String jndi;
    final int port;

    ServerKind(String label, String directory, String jndi, int port) {
        this.label = label;
        this.directory = directory;
        this.jndi = jndi;
        this.port = port;
    }

    /**
     * Puts everything where the server looks for it.
     *
     * @return the command that runs it in the foreground
     */
    abstract List<String> prepare(Path home, Path war, Database database) throws IOException;

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
