package org.cabstand.it.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records each class loader that an application ever had, where another application finds it.
 *
 * <p>Applications share no classes, so that place is the JVM's, and what stands there is of the JDK's
 * types only: an object of the application's own would keep its loader.
 */
@WebListener
public class LoaderRecord implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        loadersOf(event.getServletContext().getContextPath().substring(1))
                .add(new WeakReference<>(LoaderRecord.class.getClassLoader()));
    }

    @SuppressWarnings("unchecked")
    static List<WeakReference<ClassLoader>> loadersOf(String war) {
        return (List<WeakReference<ClassLoader>>)
                System.getProperties()
                        .computeIfAbsent(
                                LoaderRecord.class.getName() + "." + war,
                                key -> new CopyOnWriteArrayList<WeakReference<ClassLoader>>());
    }
}
