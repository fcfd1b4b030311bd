package org.cabstand.internal.request;

/**
 * The instance of a bean that lives as long as a connection of its request.
 *
 * <p>Thread safety: immutable.
 */
public interface RequestBound {

    /**
     * The connection that it lives as long as.
     *
     * @return a connection that this object never uses
     */
    RequestConnection requestConnection();
}
