package org.cabstand.internal.request;

import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of the container's request events.
 *
 * <p>The servlet API may be missing, so nothing here or in the extension may mention its types.
 *
 * <p>Thread safety: stateless.
 */
public interface RequestPayload {

    /** Understands nothing. Without servlets no request is asynchronous. */
    RequestPayload NONE =
            new RequestPayload() {
                @Override
                public boolean isAsync(Object payload) {
                    return false;
                }

                @Override
                public void setAttribute(Object payload, String name, Object value) {
                    // there is no request that could continue
                }

                @Override
                public @Nullable Object takeAttribute(Object payload, String name) {
                    return null;
                }
            };

    /**
     * Has the passes of requests told where the container does not tell them.
     *
     * @param application payload of the event that the application has started, or before the event its bean manager
     * @param passes who wants to know, until the application ends
     */
    default void tell(Object application, RequestPasses passes) {
        // the container tells
    }

    /**
     * Whether the request continues without its thread.
     *
     * @param payload the event's payload
     * @return false if it is not a request
     */
    boolean isAsync(Object payload);

    /**
     * Sets an attribute of the request.
     *
     * @param payload the event's payload; ignored if it is not a request
     * @param name the attribute's name
     * @param value its value
     */
    void setAttribute(Object payload, String name, Object value);

    /**
     * Reads and removes an attribute of the request.
     *
     * @param payload the event's payload
     * @param name the attribute's name
     * @return null if it is not set, or the payload is not a request
     */
    @Nullable Object takeAttribute(Object payload, String name);
}
