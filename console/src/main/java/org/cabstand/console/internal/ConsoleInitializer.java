package org.cabstand.console.internal;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.lang.System.Logger.Level;
import java.util.NoSuchElementException;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Adds the console to an application if it is enabled. Otherwise there is no servlet, and nothing at its path.
 *
 * <p>Thread safety: stateless.
 *
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/">Jakarta Servlet 6.0, 8.2.4 Shared libraries</a>
 */
public final class ConsoleInitializer implements ServletContainerInitializer {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** Below the application's context path. */
    static final String PATH = "/cabstand";

    private static final String NAME = "cabstand-console";

    /** The role of all callers who are logged in. */
    private static final String ANYBODY = "**";

    /** For ServiceLoader. */
    public ConsoleInitializer() {
        // stateless
    }

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        ConsoleSettings settings;
        try {
            settings = ConsoleSettings.read(ConfigProvider.getConfig());
        } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException e) {
            LOGGER.log(Level.WARNING, Message.NOT_CONFIGURED.format(e.getMessage()), e);
            return;
        }
        if (!settings.enabled()) {
            return;
        }
        if (settings.role() == null && !settings.development()) {
            LOGGER.log(Level.WARNING, Message.NOBODY_MAY.format());
        }
        if (settings.development()) {
            LOGGER.log(Level.INFO, Message.OPEN_HERE.format());
        }
        ServletRegistration.Dynamic servlet = context.addServlet(NAME, ConsoleServlet.class);
        if (!servlet.addMapping(PATH + "/*").isEmpty()) {
            LOGGER.log(Level.WARNING, Message.PATH_TAKEN.format());
            return;
        }
        servlet.setLoadOnStartup(1); // samples begin with the application
        if (settings.role() != null) {
            context.declareRoles(settings.role());
        }
        if (settings.role() != null && !settings.development()) {
            servlet.setServletSecurity(
                    new ServletSecurityElement(
                            new HttpConstraintElement(
                                    TransportGuarantee.NONE, admitted(settings.role(), context))));
        }
    }

    /** The servlet checks the role itself, because its answer is readable. */
    private static String[] admitted(String role, ServletContext context) {
        // Tomcat and TomEE ask nobody to log in, and refuse all, where a constraint added by a
        // program names no role
        return context.getServerInfo().startsWith("Apache Tomcat")
                ? new String[] {ANYBODY, role}
                : new String[] {ANYBODY};
    }
}
