package org.cabstand.it.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Looks at the server's JVM from an application that has nothing to do with the watched ones. */
@Path("watch")
@Produces(MediaType.TEXT_PLAIN)
public class WatcherResource {

    @GET
    @Path("threads")
    public String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** How many class loaders an application had so far. */
    @GET
    @Path("loaders/{war}")
    public int loaders(@PathParam("war") String war) {
        return LoaderRecord.loadersOf(war).size();
    }

    /** How many of them are still there after a garbage collection. */
    @GET
    @Path("loaders/{war}/reachable")
    public long reachable(@PathParam("war") String war) {
        System.gc();
        return reachableLoaders(war).size();
    }

    /** The drivers of that application that the JVM's list of drivers keeps. */
    @GET
    @Path("drivers/{war}")
    public String drivers(@PathParam("war") String war) throws ReflectiveOperationException {
        List<ClassLoader> loaders = reachableLoaders(war);
        return registeredDrivers().stream()
                .map(Object::getClass)
                .filter(driver -> loaders.contains(driver.getClassLoader()))
                .map(Class::getName)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static List<ClassLoader> reachableLoaders(String war) {
        return LoaderRecord.loadersOf(war).stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All of them: the public method shows a caller those of its own loader only. */
    private static List<Driver> registeredDrivers() throws ReflectiveOperationException {
        Field list = DriverManager.class.getDeclaredField("registeredDrivers");
        list.setAccessible(true);
        Field driver = Class.forName("java.sql.DriverInfo").getDeclaredField("driver");
        driver.setAccessible(true);
        List<Driver> drivers = new ArrayList<>();
        for (Object info : (Collection<?>) list.get(null)) {
            drivers.add((Driver) driver.get(info));
        }
        return drivers;
    }
}
