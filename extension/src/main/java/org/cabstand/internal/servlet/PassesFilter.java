package org.cabstand.internal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.request.RequestPasses;

/**
 * Stands around an application on Tomcat, and tells when a thread leaves a request, and when one continues
 * an asynchronous request. Tomcat tells its listeners of neither, so Weld does not know either.
 *
 * <p>Thread safety: stateless.
 */
final class PassesFilter implements Filter {

    private static final String NAME = "org.cabstand.passes";

    private final RequestPasses passes;

    private PassesFilter(RequestPasses passes) {
        this.passes = passes;
    }

    /**
     * Stands around an application that is starting, if it needs that.
     *
     * <p>It is added here, and not by a {@code ServletContainerInitializer}: an application whose jars name one does
     * not start on Open Liberty, unless one of the server's features shows it the servlet API.
     *
     * @param context the application's
     * @param passes who wants to know
     */
    static void surround(ServletContext context, RequestPasses passes) {
        if (!context.getServerInfo().startsWith("Apache Tomcat")) {
            return; // its container tells
        }
        if (context.getFilterRegistration(NAME) != null) {
            return; // TomEE tells of the start twice, and takes no filter at the second time
        }
        try {
            FilterRegistration.Dynamic filter = context.addFilter(NAME, new PassesFilter(passes));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        } catch (IllegalStateException | UnsupportedOperationException e) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(
                            "a Tomcat that accepts no filter any more",
                            e,
                            "Connections of asynchronous requests are returned when the request is"
                                    + " complete."),
                    e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            passes.entered(request);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            passes.done();
            if (request.isAsyncStarted()) {
                passes.left(request);
            }
        }
    }
}
