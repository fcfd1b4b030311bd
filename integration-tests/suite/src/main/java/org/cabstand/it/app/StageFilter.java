package org.cabstand.it.app;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;

/** Stages of the servlet container, around all others. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class StageFilter implements Filter {

    @Inject Stages stages;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        stages.pass("filter before");
        try {
            chain.doFilter(request, response);
        } finally {
            stages.pass("filter after");
        }
    }

    /** Around filters, and at the ends of sessions. */
    @WebListener
    public static class Listener implements ServletRequestListener, HttpSessionListener {

        @Inject Stages stages;

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            stages.pass("request initialized");
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            stages.pass("request destroyed");
        }

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            stages.pass("session created");
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            stages.pass("session destroyed");
        }
    }
}
