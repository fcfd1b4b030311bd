package org.cabstand.internal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.cabstand.internal.request.RequestPasses;

/**
 * Stands around an application on Tomcat, and tells when a thread leaves an asynchronous request and when
 * one continues it. Tomcat tells its listeners of neither, so Weld does not know either.
 *
 * <p>Thread safety: stateless.
 */
final class PassesFilter implements Filter {

    private static final String PASSES = RequestPasses.class.getName();

    /**
     * Whether an application needs the filter.
     *
     * @param context the application's
     * @return true on Tomcat
     */
    static boolean isNeeded(ServletContext context) {
        return context.getServerInfo().startsWith("Apache Tomcat");
    }

    /**
     * Has the requests of an application told.
     *
     * @param context the application's
     * @param passes who wants to know
     */
    static void tell(ServletContext context, RequestPasses passes) {
        if (isNeeded(context)) {
            context.setAttribute(PASSES, passes);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request.getServletContext().getAttribute(PASSES) instanceof RequestPasses passes)) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            passes.entered(request);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                passes.left(request);
            }
        }
    }
}
