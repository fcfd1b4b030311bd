package org.cabstand.internal.request;

/**
 * Told where a thread enters and leaves an asynchronous request, by who stands around the application in a
 * container that does not announce it.
 *
 * <p>Thread safety: safe for concurrent use; each pass is told on its own thread.
 */
public interface RequestPasses {

    /**
     * Called when a thread continues a request.
     *
     * @param request the servlet request
     */
    void entered(Object request);

    /**
     * Called when a thread leaves a request that continues without it.
     *
     * @param request the servlet request
     */
    void left(Object request);

    /** Called when a thread leaves the application, whether its request has ended or not. */
    void done();
}
