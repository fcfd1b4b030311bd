package org.cabstand.it;

import org.cabstand.it.app.WorkRow;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/** The texts that an application brings along for its server, beside classes and configuration. */
final class Descriptors {

    static final StringAsset BEANS_XML =
            new StringAsset(
                    """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """);

    /** Payara has an H2 of its own, and would take that one. */
    private static final String OWN_CLASSES_FIRST =
            """
              <class-loader delegate="false"/>
            """;

    static final StringAsset LOGIN =
            new StringAsset(
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
            """);

    /** Elsewhere it is unless something else is said. */
    private static final String ROLE_IS_GROUP =
            """
              <security-role-mapping>
                <role-name>operator</role-name>
                <group-name>operator</group-name>
              </security-role-mapping>
            """;

    static final StringAsset UNIT_FOR_POOL =
            new StringAsset(
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
            """);

    static final StringAsset PERSISTENCE_XML =
            new StringAsset(
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
                            .formatted(WorkRow.class.getName()));

    private Descriptors() {}

    /** Of use to Payara only. */
    static StringAsset glassFish(boolean login, boolean ownClassesFirst) {
        return new StringAsset(
                "<glassfish-web-app>\n"
                        + (login ? ROLE_IS_GROUP : "")
                        + (ownClassesFirst ? OWN_CLASSES_FIRST : "")
                        + "</glassfish-web-app>\n");
    }

    /** Of use to WildFly only. */
    static StringAsset dependencies(String modules) {
        return new StringAsset("Manifest-Version: 1.0\nDependencies: " + modules + "\n");
    }
}
