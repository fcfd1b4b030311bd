package org.cabstand.internal.jpa;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceProviderResolverHolder;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cabstand.internal.jta.JtaContext;

/**
 * The JPA provider of a unit, with the settings that it needs beyond the standard.
 *
 * <p>Thread safety: immutable.
 *
 * @param provider the provider itself
 */
record Provider(PersistenceProvider provider) {

    private static final String BEAN_MANAGER = "jakarta.persistence.bean.manager";

    /** There is no provider, or not the one that is configured. */
    static final class NotFound extends Exception {

        private static final long serialVersionUID = 1L;

        NotFound(String reason, Exception cause) {
            super(reason, cause);
        }
    }

    /**
     * Finds the provider of a unit.
     *
     * @param name its class; null for the application's own, else the server's
     * @param loader the application's
     * @param ownLoader the loader of this jar, which some servers wrap
     */
    static Provider find(String name, ClassLoader loader, ClassLoader ownLoader) throws NotFound {
        List<PersistenceProvider> all;
        try {
            all =
                    inLoader(
                            loader,
                            () ->
                                    PersistenceProviderResolverHolder
                                            .getPersistenceProviderResolver()
                                            .getPersistenceProviders());
        } catch (Exception e) {
            throw new NotFound(e.toString(), e);
        }
        PersistenceProvider first = null;
        for (PersistenceProvider each : all) {
            ClassLoader its = each.getClass().getClassLoader();
            if (name == null && (its == loader || its == ownLoader)
                    || each.getClass().getName().equals(name)) {
                return new Provider(each);
            }
            first = first == null ? each : first;
        }
        if (name != null) {
            return new Provider(load(name, loader));
        }
        if (first == null) {
            throw new NotFound("neither the server nor the application has one", null);
        }
        return new Provider(first);
    }

    /** Loads a provider that no service file names, such as one under an old name of Hibernate's. */
    private static PersistenceProvider load(String name, ClassLoader loader) throws NotFound {
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(PersistenceProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw new NotFound(name + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new NotFound("there is no " + name, e instanceof Exception x ? x : null);
        }
    }

    /** Runs something with the application's class loader as the thread's. */
    static <T> T inLoader(ClassLoader loader, Callable<T> task) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return task.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    boolean isHibernate() {
        return provider.getClass().getName().startsWith("org.hibernate.");
    }

    boolean isEclipseLink() {
        return provider.getClass().getName().startsWith("org.eclipse.persistence.");
    }

    /**
     * A class of this provider to which the application's classes can refer.
     *
     * @return null if the application does not see it, or it belongs to another provider
     */
    Class<?> visibleClass(String name, ClassLoader loader) {
        try {
            Class<?> seen = Class.forName(name, false, loader);
            Class<?> its = Class.forName(name, false, provider.getClass().getClassLoader());
            return seen == its ? seen : null;
        } catch (ClassNotFoundException e) {
            return null; // the answer to the question
        }
    }

    /**
     * Returns the provider's settings beyond those of the unit.
     *
     * @param definition the unit
     * @param id unique for this unit
     * @param jta the server's transactions
     * @param beans for listeners and converters
     * @param loader the application's
     */
    Map<String, Object> settings(
            UnitDefinition definition,
            String id,
            JtaContext jta,
            BeanManager beans,
            ClassLoader loader)
            throws ReflectiveOperationException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(BEAN_MANAGER, beans);
        if (isHibernate()) {
            HibernateSettings.add(settings, jta, provider.getClass().getClassLoader());
        } else if (isEclipseLink()) {
            EclipseLinkSettings.add(
                    settings, definition, id, jta, provider.getClass().getClassLoader(), loader);
        }
        settings.keySet().removeAll(definition.properties().keySet());
        return settings;
    }
}
