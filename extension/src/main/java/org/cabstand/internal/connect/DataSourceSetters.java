package org.cabstand.internal.connect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Configures a driver's data source through its setters; a property without a setter goes into the URL.
 *
 * <p>Thread safety: stateless.
 */
final class DataSourceSetters {

    /** Given to {@code getConnection} instead. */
    private static final Set<String> CREDENTIALS = Set.of("user", "password");

    private DataSourceSetters() {}

    /** Creates a configured instance. */
    static <T> T configured(Class<T> type, Database database, String url, Properties properties)
            throws SQLException {
        try {
            T source = type.getDeclaredConstructor().newInstance();
            configure(source, database, url, properties);
            return source;
        } catch (ReflectiveOperationException e) {
            throw unusable(type, e);
        }
    }

    static void configure(Object source, Database database, String url, Properties properties)
            throws SQLException {
        String type = source.getClass().getName();
        try {
            if (!set(source, "url", url)) {
                throw new SQLException(type + " has no setter for the URL", "08001");
            }
            String fullUrl = url;
            for (String name : properties.stringPropertyNames()) {
                String value = properties.getProperty(name);
                if (CREDENTIALS.contains(name) || set(source, name, value)) {
                    continue;
                }
                fullUrl = database.driver().withParameter(fullUrl, name, value);
                if (fullUrl == null) {
                    throw new SQLException(type + " has no setter for '" + name + "'", "08001");
                }
            }
            if (!fullUrl.equals(url)) {
                set(source, "url", fullUrl);
            }
        } catch (ReflectiveOperationException e) {
            throw unusable(source.getClass(), e);
        }
    }

    private static SQLException unusable(Class<?> type, ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return new SQLException(type.getName() + " cannot be used: " + cause, "08001", cause);
    }

    private static boolean set(Object target, String property, String value)
            throws ReflectiveOperationException {
        for (Method method : target.getClass().getMethods()) {
            if (method.getParameterCount() == 1
                    && method.getName().equalsIgnoreCase("set" + property)) {
                Object argument = convert(value, method.getParameterTypes()[0]);
                if (argument != null) {
                    method.invoke(target, argument);
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Object convert(String value, Class<?> type) {
        if (type == String.class) {
            return value;
        }
        return switch (type.getName().toLowerCase(Locale.ROOT)) {
            case "int", "java.lang.integer" -> Integer.valueOf(value);
            case "long", "java.lang.long" -> Long.valueOf(value);
            case "boolean", "java.lang.boolean" -> Boolean.valueOf(value);
            default -> null;
        };
    }
}
