package org.cabstand.internal.request;

/**
 * Understands what the container's request events carry.
 *
 * <p>The servlet API may be absent: nothing here or in the extension may mention its types.
 *
 * <p>Thread safety: stateless.
 */
public interface RequestPayload {

    /** Understands nothing: where there are no servlets, no request is asynchronous. */
    RequestPayload NONE =
            new RequestPayload() {
                @Override
                public boolean isAsync(Object payload) {
                    return false;
                }

                @Override
                public void setAttribute(Object payload, String name, Object value) {
                    // no request, nobody who would come back to it
                }

                @Override
                public Object takeAttribute(Object payload, String name) {
                    return null;
                }
            };

    /**
     * Whether the request goes on without its thread.
     *
     * @param payload what the event carries
     * @return false for what is no request
     */
    boolean isAsync(Object payload);

    /**
     * Sets an attribute of the request.
     *
     * @param payload what the event carries; nothing is done with what is no request
     * @param name the attribute's name
     * @param value its value
     */
    void setAttribute(Object payload, String name, Object value);

    /**
     * Reads and removes an attribute of the request.
     *
     * @param payload what the event carries
     * @param name the attribute's name
     * @return null when it is not set, or the payload is no request
     */
    Object takeAttribute(Object payload, String name);
}
