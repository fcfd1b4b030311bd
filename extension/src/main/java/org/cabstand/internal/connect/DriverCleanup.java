package org.cabstand.internal.connect;

import static org.cabstand.internal.Message.DRIVER_NOT_DEREGISTERED;
import static org.cabstand.internal.Message.DRIVER_THREADS_NOT_ENDED;

import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;

/**
 * Removes an application's drivers from the JVM when the application ends.
 *
 * <p>Thread safety: stateless.
 */
public final class DriverCleanup {

    private DriverCleanup() {}

    /**
     * Finds the methods that end the threads of the application's drivers, while classes can still be loaded.
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
     * Deregisters the application's drivers from DriverManager and ends their threads, because both would keep the
     * application's class loader alive for ever. The loader of a Java SE application stays anyway, and others may need
     * its drivers.
     *
     * @param loaders the application's class loaders: servers may wrap the one that loads its classes
     * @param endsOfThreads of its drivers; those that other applications share are left alone
     */
    public static void deregister(Set<ClassLoader> loaders, List<Method> endsOfThreads) {
        Set<ClassLoader> own = new LinkedHashSet<>(loaders);
        own.remove(ClassLoader.getSystemClassLoader());
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (own.contains(driver.getClass().getClassLoader())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (Throwable e) { // runs code of the driver
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
