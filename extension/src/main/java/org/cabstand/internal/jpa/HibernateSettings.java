package org.cabstand.internal.jpa;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.cabstand.internal.jta.JtaContext;

/**
 * Connects Hibernate to the server's transactions through a {@code JtaPlatform} of ours, because its own platforms each
 * need to know the server.
 *
 * <p>Thread safety: stateless.
 */
final class HibernateSettings {

    private static final String PLATFORM =
            "org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform";

    private HibernateSettings() {}

    static void add(Map<String, Object> settings, JtaContext jta, ClassLoader hibernate)
            throws ClassNotFoundException {
        Class<?> type = Class.forName(PLATFORM, false, hibernate);
        Object manager = jta.manager();
        settings.put(
                "hibernate.transaction.jta.platform",
                Proxy.newProxyInstance(
                        hibernate,
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                call(proxy, method, arguments, manager, jta)));
    }

    private static Object call(
            Object proxy, Method method, Object[] arguments, Object manager, JtaContext jta) {
        return switch (method.getName()) {
            case "retrieveTransactionManager" -> manager;
            case "retrieveUserTransaction" -> null; // Hibernate begins none
            case "getTransactionIdentifier" -> arguments[0];
            case "canRegisterSynchronization" -> jta.isActive();
            case "registerSynchronization" -> {
                jta.register(arguments[0]);
                yield null;
            }
            case "getCurrentStatus" -> jta.status();
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "JtaPlatform of Cabstand";
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }
}
