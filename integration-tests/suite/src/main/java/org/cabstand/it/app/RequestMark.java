package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Any bean of a request: where the server gives a thread no request, it cannot be used. */
@RequestScoped
public class RequestMark {

    /** Tells whether the calling thread has a request. */
    @ApplicationScoped
    public static class Reader {

        @Inject RequestMark mark;

        boolean isThere() {
            try {
                return mark.isThere();
            } catch (ContextNotActiveException | IllegalStateException e) {
                return false; // Tomcat may leave an earlier request on the thread, which has ended
            }
        }
    }

    boolean isThere() {
        return true;
    }
}
