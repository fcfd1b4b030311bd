package org.cabstand;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A class loader with our classes, Agroal's and drivers' of its own, that a server stops. */
final class StoppedLoader extends URLClassLoader {

    private static final List<String> OF_APPLICATION =
            List.of(
                    "org.cabstand.",
                    "io.agroal.",
                    "org.postgresql.",
                    "org.mariadb.",
                    "com.mysql.",
                    "org.sqlite.",
                    "org.h2.");

    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** Written by the test. */
    private volatile boolean stopped;

    StoppedLoader() {
        super(classPath(), StoppedLoader.class.getClassLoader());
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(
                        entry -> {
                            try {
                                return Path.of(entry).toUri().toURL();
                            } catch (MalformedURLException e) {
                                throw new IllegalArgumentException(entry, e);
                            }
                        })
                .toArray(URL[]::new);
    }

    void stop() {
        stopped = true;
    }

    /** The classes that were asked for after the stop. */
    List<String> refused() {
        return refused;
    }

    /** As Payara's: also what has been loaded before cannot be asked for any more. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (stopped) {
            refused.add(name);
            throw new IllegalStateException("This web container has not yet been started");
        }
        if (isOfApplication(name)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
        return super.loadClass(name, resolve);
    }

    private static boolean isOfApplication(String name) {
        return OF_APPLICATION.stream().anyMatch(name::startsWith);
    }
}
