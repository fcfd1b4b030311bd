package org.cabstand.internal.servlet;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.cabstand.internal.Log;
import org.cabstand.internal.request.RequestPasses;
import org.cabstand.internal.request.RequestPayload;
import org.jspecify.annotations.Nullable;

/**
 * Reads servlet requests.
 *
 * <p>Thread safety: stateless.
 *
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/">Jakarta Servlet 6.0, 2.3.3.3
 *     Asynchronous processing</a>
 */
public final class ServletPayload implements RequestPayload {

    /** Called by reflection if the servlet API is present. */
    public ServletPayload() {
        // nothing to set up
    }

    @Override
    public void tell(Object application, RequestPasses passes) {
        if (application instanceof ServletContext context) {
            PassesFilter.surround(context, passes);
        } else if (application instanceof BeanManager beanManager) {
            try {
                contextOf(beanManager).ifPresent(context -> PassesFilter.surround(context, passes));
            } catch (RuntimeException e) {
                // the deployment is not a web application, whose start will be told
                Log.debug("no servlet context at deployment", e);
            }
        }
    }

    /** TomEE has a bean for it, and tells that the application has started when it takes no filter any more. */
    private static Optional<ServletContext> contextOf(BeanManager beanManager) {
        Bean<?> bean = beanManager.resolve(beanManager.getBeans(ServletContext.class));
        return bean == null
                ? Optional.empty()
                : Optional.of(
                        (ServletContext)
                                beanManager.getReference(
                                        bean,
                                        ServletContext.class,
                                        beanManager.createCreationalContext(bean)));
    }

    @Override
    public boolean isAsync(Object payload) {
        return payload instanceof ServletRequest request && request.isAsyncStarted();
    }

    @Override
    public void setAttribute(Object payload, String name, Object value) {
        if (payload instanceof ServletRequest request) {
            request.setAttribute(name, value);
        }
    }

    @Override
    public @Nullable Object takeAttribute(Object payload, String name) {
        if (!(payload instanceof ServletRequest request)) {
            return null;
        }
        Object value = request.getAttribute(name);
        if (value != null) {
            request.removeAttribute(name);
        }
        return value;
    }
}
