package org.cabstand.internal.jpa;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.cabstand.internal.jta.JtaContext;

/**
 * Connects EclipseLink to the server's transactions through a session customizer, because its own platforms each need
 * to know the server.
 *
 * <p>Thread safety: stateless.
 */
final class EclipseLinkSettings {

    private static final String CUSTOMIZER = "eclipselink.session.customizer";

    private EclipseLinkSettings() {}

    static void add(
            Map<String, Object> settings,
            UnitDefinition definition,
            String id,
            JtaContext jta,
            ClassLoader eclipseLink,
            ClassLoader loader)
            throws ReflectiveOperationException {
        Object controller = controller(jta, eclipseLink);
        Object customizer =
                Proxy.newProxyInstance(
                        eclipseLink,
                        new Class<?>[] {customizerType(eclipseLink)},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("customize")) {
                                customize(arguments[0], controller, eclipseLink);
                                customizeToo(
                                        definition.properties().get(CUSTOMIZER),
                                        arguments[0],
                                        eclipseLink,
                                        loader);
                                return null;
                            }
                            return method.invoke(controller, arguments); // methods of Object
                        });
        settings.put(CUSTOMIZER, customizer);
        // the platform for no server, which leaves the controller as it is
        settings.put(
                "eclipselink.target-server",
                "org.eclipse.persistence.platform.server.CustomServerPlatform");
        settings.put(
                "eclipselink.session-name", id); // EclipseLink shares sessions of the same name
        settings.put("eclipselink.weaving", "static"); // use what the build has woven
    }

    private static Object controller(JtaContext jta, ClassLoader eclipseLink)
            throws ReflectiveOperationException {
        Class<?> type =
                type("org.eclipse.persistence.transaction.JTA11TransactionController", eclipseLink);
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 2) { // registry and manager
                return constructor.newInstance(jta.registry(), jta.manager());
            }
        }
        throw new NoSuchMethodException(type.getName() + " with a registry and a manager");
    }

    private static void customize(Object session, Object controller, ClassLoader eclipseLink)
            throws ReflectiveOperationException {
        type("org.eclipse.persistence.sessions.Session", eclipseLink)
                .getMethod(
                        "setExternalTransactionController",
                        type(
                                "org.eclipse.persistence.sessions.ExternalTransactionController",
                                eclipseLink))
                .invoke(session, controller);
    }

    /** Calls the application's own customizer. */
    private static void customizeToo(
            String customizer, Object session, ClassLoader eclipseLink, ClassLoader loader)
            throws Throwable {
        if (customizer == null) {
            return;
        }
        Object own = type(customizer, loader).getDeclaredConstructor().newInstance();
        try {
            customizerType(eclipseLink)
                    .getMethod(
                            "customize",
                            type("org.eclipse.persistence.sessions.Session", eclipseLink))
                    .invoke(own, session);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Class<?> customizerType(ClassLoader eclipseLink) throws ClassNotFoundException {
        try {
            return type("org.eclipse.persistence.config.SessionCustomizer", eclipseLink);
        } catch (ClassNotFoundException e) {
            return type(
                    "org.eclipse.persistence.sessions.SessionCustomizer", eclipseLink); // since 5
        }
    }

    private static Class<?> type(String name, ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }
}
