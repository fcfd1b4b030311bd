package org.cabstand.internal.pool;

import static org.cabstand.internal.Message.DRIVER_CLASS_MISSING;
import static org.cabstand.internal.Message.DRIVER_NOT_DEREGISTERED;
import static org.cabstand.internal.Message.DRIVER_THREADS_NOT_ENDED;
import static org.cabstand.internal.Message.NOT_A_DRIVER;
import static org.cabstand.internal.Message.NO_DRIVER;
import static org.cabstand.internal.Message.NO_XA_DATA_SOURCE;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.NamesElsewhere;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Secrets;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.database.Database;

/**
 * Finds a pool's driver in the application's class loader.
 *
 * <p>Not by DriverManager: it only shows drivers that were registered when it started, so that the
 * second application on a server does not see the driver in its own {@code WEB-INF/lib}.
 *
 * <p>Thread safety: stateless.
 */
public final class Drivers {

    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private Drivers() {}

    /** There is no such driver; the message is fit for the configuration report. */
    public static final class NotFound extends Exception {

        private static final long serialVersionUID = 1L;

        NotFound(String message) {
            super(message);
        }
    }

    /**
     * The driver for a pool.
     *
     * @param settings the pool's settings, with a URL
     * @param loader the application's class loader
     * @return what opens the pool's connections
     * @throws NotFound when there is none
     */
    public static DriverSource find(PoolSettings settings, ClassLoader loader) throws NotFound {
        if (settings.transactions() == Transactions.XA) {
            return xa(settings, loader);
        }
        return settings.driver() == null ? byUrl(settings, loader) : byClass(settings, loader);
    }

    private static DriverSource xa(PoolSettings settings, ClassLoader loader) throws NotFound {
        Database database = Database.of(settings.url());
        String name = settings.driver() == null ? database.xaDataSource() : settings.driver();
        if (name == null) {
            throw new NotFound(
                    NO_XA_DATA_SOURCE.format(
                            settings.sourceOf(Key.TRANSACTIONS),
                            "none is known for " + settings.shownUrl(),
                            settings.keyOf(Key.DRIVER)));
        }
        if (instance(settings, name, loader) instanceof XADataSource source) {
            check(settings, source, database);
            return ofXaDataSource(source.getClass(), database);
        }
        throw new NotFound(
                NO_XA_DATA_SOURCE.format(
                        settings.sourceOf(Key.TRANSACTIONS),
                        name + " is none",
                        settings.keyOf(Key.DRIVER)));
    }

    private static DriverSource byUrl(PoolSettings settings, ClassLoader loader) throws NotFound {
        Driver found = null;
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
        while (true) {
            try {
                if (!drivers.hasNext()) {
                    break;
                }
                Driver driver = drivers.next();
                // the application's own driver comes before the server's
                if (accepts(driver, settings) && (found == null || isOf(loader, driver))) {
                    found = driver;
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                // another driver's fault; if it was the one we need, its absence is reported below
                Log.debug("a JDBC driver was passed over", e);
            }
        }
        if (found == null) {
            throw new NotFound(
                    NO_DRIVER.format(
                            settings.shownUrl(),
                            settings.name(),
                            settings.sourceOf(Key.URL),
                            Database.of(settings.url()).driverHint(),
                            NamesElsewhere.urlHint(settings.url())));
        }
        return ofDriver(found, Database.of(settings.url()));
    }

    /** Whether a driver is the application's own; servers may wrap the loader of its classes. */
    private static boolean isOf(ClassLoader loader, Driver driver) {
        ClassLoader own = driver.getClass().getClassLoader();
        return own == loader || own == Drivers.class.getClassLoader();
    }

    private static DriverSource byClass(PoolSettings settings, ClassLoader loader) throws NotFound {
        Object instance = instance(settings, settings.driver(), loader);
        if (instance instanceof Driver driver) {
            if (accepts(driver, settings)) {
                return ofDriver(driver, Database.of(settings.url()));
            }
            throw notADriver(settings, "it does not accept the URL " + settings.shownUrl());
        }
        if (instance instanceof DataSource source) {
            check(settings, source, Database.of(settings.url()));
            return ofDataSource(source.getClass(), Database.of(settings.url()));
        }
        throw notADriver(settings, "it is neither a Driver nor a DataSource");
    }

    private static NotFound notADriver(PoolSettings settings, String reason) {
        return new NotFound(
                NOT_A_DRIVER.format(settings.sourceOf(Key.DRIVER), settings.driver(), reason));
    }

    /** It is not shown what is a fault anyway: drivers log what they cannot understand. */
    private static boolean accepts(Driver driver, PoolSettings settings) {
        try {
            return driver.acceptsURL(Secrets.withoutUserInfo(settings.url()));
        } catch (SQLException | RuntimeException | LinkageError e) {
            // not its text, which may be the URL
            Log.debug(driver.getClass().getName() + " accepts no URL: " + e.getClass().getName());
            return false;
        }
    }

    /** Whether the data source takes URL and properties; what fails later is the database's. */
    private static void check(PoolSettings settings, Object source, Database database)
            throws NotFound {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        try {
            configure(source, database, Secrets.withoutUserInfo(settings.url()), properties);
        } catch (SQLException | RuntimeException | LinkageError e) {
            String error = e instanceof SQLException ? e.getMessage() : e.toString();
            String reason = Secrets.text(error, settings, new Credentials(null, null));
            String name = source.getClass().getName();
            throw new NotFound(NOT_A_DRIVER.format(settings.sourceOf(Key.DRIVER), name, reason));
        }
    }

    private static Object instance(PoolSettings settings, String name, ClassLoader loader)
            throws NotFound {
        String key = settings.sourceOf(Key.DRIVER);
        try {
            return Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new NotFound(
                    DRIVER_CLASS_MISSING.format(
                            key, name, Database.of(settings.url()).driverHint()));
        } catch (ReflectiveOperationException e) {
            throw new NotFound(
                    NOT_A_DRIVER.format(key, name, "no instance of it can be made: " + e));
        } catch (LinkageError e) {
            throw new NotFound(NOT_A_DRIVER.format(key, name, e));
        }
    }

    private static DriverSource ofDriver(Driver driver, Database database) {
        database.loadClosers(driver.getClass().getClassLoader());
        return (url, properties) -> {
            Connection connection = driver.connect(url, properties);
            if (connection == null) {
                throw new SQLException(
                        driver.getClass().getName() + " does not accept the URL", "08001");
            }
            return new DriverConnection(connection, null);
        };
    }

    private static DriverSource ofDataSource(Class<? extends DataSource> type, Database database) {
        database.loadClosers(type.getClassLoader());
        return (url, properties) -> {
            DataSource source = configured(type, database, url, properties);
            String user = properties.getProperty(USER);
            return new DriverConnection(
                    user == null
                            ? source.getConnection()
                            : source.getConnection(user, properties.getProperty(PASSWORD)),
                    null);
        };
    }

    private static DriverSource ofXaDataSource(
            Class<? extends XADataSource> type, Database database) {
        database.loadClosers(type.getClassLoader());
        return (url, properties) -> {
            XADataSource source = configured(type, database, url, properties);
            String user = properties.getProperty(USER);
            XAConnection xa =
                    user == null
                            ? source.getXAConnection()
                            : source.getXAConnection(user, properties.getProperty(PASSWORD));
            try {
                return new DriverConnection(xa.getConnection(), xa);
            } catch (SQLException | RuntimeException e) {
                xa.close();
                throw e;
            }
        };
    }

    /**
     * A new instance for each connection: properties of a shared one could not change safely. What it has
     * no setter for goes into the URL.
     */
    private static <T> T configured(
            Class<T> type, Database database, String url, Properties properties)
            throws SQLException {
        try {
            T source = type.getDeclaredConstructor().newInstance();
            configure(source, database, url, properties);
            return source;
        } catch (ReflectiveOperationException e) {
            throw unusable(type, e);
        }
    }

    private static void configure(
            Object source, Database database, String url, Properties properties)
            throws SQLException {
        String type = source.getClass().getName();
        try {
            if (!set(source, "url", url)) {
                throw new SQLException(type + " has no setter for the URL", "08001");
            }
            String fullUrl = url;
            for (String name : properties.stringPropertyNames()) {
                String value = properties.getProperty(name);
                if (name.equals(USER) || name.equals(PASSWORD) || set(source, name, value)) {
                    continue;
                }
                fullUrl = database.withParameter(fullUrl, name, value);
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

    private static Object convert(String value, Class<?> type) {
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

    /**
     * Finds what ends the threads of the application's drivers, as long as classes can be loaded.
     *
     * @param loaders the application's class loaders: servers may wrap the one that loads its classes
     * @return for {@link #deregister}
     */
    public static List<Method> endsOfThreads(Set<ClassLoader> loaders) {
        Set<Method> ends = new LinkedHashSet<>();
        for (Database database : Database.values()) {
            for (ClassLoader loader : loaders) {
                try {
                    Method end = database.endOfThreads(loader);
                    if (end != null) {
                        ends.add(end);
                    }
                } catch (ReflectiveOperationException | LinkageError e) {
                    Log.log(Level.WARNING, DRIVER_THREADS_NOT_ENDED.format(database, e));
                }
            }
        }
        return List.copyOf(ends);
    }

    /**
     * Takes the application's drivers from DriverManager and ends their threads: both would keep their
     * classes, and with them the application's class loader, for ever. The loader of a Java SE application
     * stays anyway, and others may need its drivers.
     *
     * @param loaders the application's class loaders: servers may wrap the one that loads its classes
     * @param endsOfThreads of its drivers; one that others have, too, is left alone
     */
    public static void deregister(Set<ClassLoader> loaders, List<Method> endsOfThreads) {
        Set<ClassLoader> own = new LinkedHashSet<>(loaders);
        own.remove(ClassLoader.getSystemClassLoader());
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (own.contains(driver.getClass().getClassLoader())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (Throwable e) { // what the driver does then is its own
                    Log.log(
                            Level.WARNING,
                            DRIVER_NOT_DEREGISTERED.format(driver.getClass().getName(), e));
                }
            }
        }
        for (Method end : endsOfThreads) {
            if (own.contains(end.getDeclaringClass().getClassLoader())) {
                try {
                    end.invoke(null);
                } catch (Throwable e) { // the class loader may have been stopped
                    Log.log(
                            Level.WARNING,
                            DRIVER_THREADS_NOT_ENDED.format(end.getDeclaringClass().getName(), e));
                }
            }
        }
    }
}
