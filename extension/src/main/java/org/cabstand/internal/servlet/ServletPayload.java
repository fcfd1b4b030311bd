package org.cabstand.internal.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
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
        }
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
