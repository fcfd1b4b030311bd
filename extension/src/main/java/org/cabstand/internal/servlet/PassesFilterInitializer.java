package org.cabstand.internal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the filter around the applications on Tomcat, and does nothing elsewhere.
 *
 * <p>Thread safety: stateless.
 */
public final class PassesFilterInitializer implements ServletContainerInitializer {

    private static final String NAME = "org.cabstand.passes";

    /** For the container, which finds it by {@code META-INF/services}. */
    public PassesFilterInitializer() {
        // nothing to set up
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        if (!PassesFilter.isNeeded(context)) {
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new PassesFilter());
        if (filter != null) { // null: the jar is there twice
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        }
    }
}
