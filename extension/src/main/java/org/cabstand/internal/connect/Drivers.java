package org.cabstand.internal.connect;

import static org.cabstand.internal.Message.DRIVER_CLASS_MISSING;
import static org.cabstand.internal.Message.NOT_A_DRIVER;
import static org.cabstand.internal.Message.NO_DRIVER;
import static org.cabstand.internal.Message.NO_XA_DATA_SOURCE;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.sql.DataSource;
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
 * <p>It does not ask DriverManager, which shows only the drivers that were registered when it started: the second
 * application on a server would not see the driver in its own {@code WEB-INF/lib}.
 *
 * <p>Thread safety: stateless.
 */
public final class Drivers {

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
        String type = settings.driver();
        return type == null ? byUrl(settings, loader) : byClass(settings, type, loader);
    }

    private static DriverSource xa(PoolSettings settings, ClassLoader loader) throws NotFound {
        Database database = Database.of(settings.url());
        String name =
                settings.driver() == null ? database.driver().xaDataSource() : settings.driver();
        if (name == null) {
            throw new NotFound(
                    NO_XA_DATA_SOURCE.format(
                            settings.sourceOf(Key.TRANSACTIONS),
                            "none is known for " + settings.shownUrl(),
                            settings.keyOf(Key.DRIVER)));
        }
        if (instance(settings, name, loader) instanceof XADataSource source) {
            check(settings, source, database);
            return DriverSources.ofXaDataSource(source.getClass(), database);
        }
        throw new NotFound(
                NO_XA_DATA_SOURCE.format(
                        settings.sourceOf(Key.TRANSACTIONS),
                        name + " is not one",
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
                // if this was the driver that we need, it is reported as missing below
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
        return DriverSources.ofDriver(found, Database.of(settings.url()));
    }

    /** Whether a driver is the application's own; servers may wrap the loader of its classes. */
    private static boolean isOf(ClassLoader loader, Driver driver) {
        ClassLoader own = driver.getClass().getClassLoader();
        return own == loader || own == Drivers.class.getClassLoader();
    }

    private static DriverSource byClass(PoolSettings settings, String type, ClassLoader loader)
            throws NotFound {
        Object instance = instance(settings, type, loader);
        if (instance instanceof Driver driver) {
            if (accepts(driver, settings)) {
                return DriverSources.ofDriver(driver, Database.of(settings.url()));
            }
            throw notADriver(settings, "it does not accept the URL " + settings.shownUrl());
        }
        if (instance instanceof DataSource source) {
            check(settings, source, Database.of(settings.url()));
            return DriverSources.ofDataSource(source.getClass(), Database.of(settings.url()));
        }
        throw notADriver(settings, "it is neither a Driver nor a DataSource");
    }

    private static NotFound notADriver(PoolSettings settings, String reason) {
        return new NotFound(
                NOT_A_DRIVER.format(settings.sourceOf(Key.DRIVER), settings.driver(), reason));
    }

    /** Does not ask the driver about a URL that is a fault anyway: drivers log what they cannot parse. */
    private static boolean accepts(Driver driver, PoolSettings settings) {
        try {
            return driver.acceptsURL(Secrets.withoutUserInfo(settings.url()));
        } catch (SQLException | RuntimeException | LinkageError e) {
            // not its text, which may be the URL
            Log.debug(driver.getClass().getName() + " accepts no URL: " + e.getClass().getName());
            return false;
        }
    }

    /** Checks that the data source takes URL and properties; whether it can connect is not checked. */
    private static void check(PoolSettings settings, Object source, Database database)
            throws NotFound {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        try {
            DataSourceSetters.configure(
                    source, database, Secrets.withoutUserInfo(settings.url()), properties);
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
            throw new NotFound(NOT_A_DRIVER.format(key, name, "it cannot be instantiated: " + e));
        } catch (LinkageError e) {
            throw new NotFound(NOT_A_DRIVER.format(key, name, e));
        }
    }
}
