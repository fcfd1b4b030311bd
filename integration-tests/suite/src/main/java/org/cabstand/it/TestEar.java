package org.cabstand.it;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Makes several applications into one EAR.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class TestEar {

    private TestEar() {}

    /**
     * Packages several as an EAR, with the jars and the configuration of the first one in its {@code lib}.
     *
     * @param name the EAR's name
     * @param wars the applications
     * @return the archive
     */
    public static EnterpriseArchive withLib(String name, TestWar... wars) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                        .addAsLibrary(wars[0].configuration());
        wars[0].jars().forEach(jar -> ear.addAsLibrary(Libraries.jar(jar)));
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
    public static EnterpriseArchive ofWars(String name, TestWar... wars) {
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
    public static EnterpriseArchive withConfiguration(String name, TestWar... wars) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                        .addAsLibrary(wars[0].configuration());
        for (TestWar war : wars) {
            WebArchive archive = war.classesOnly();
            war.jars().forEach(jar -> archive.addAsLibraries(Libraries.jar(jar)));
            ear.addAsModule(archive);
        }
        return ear;
    }
}
