package org.cabstand.internal.request;

/**
 * A bean's instance that lives as long as a connection of its request.
 *
 * <p>Thread safety: immutable.
 */
public interface RequestBound {

    /**
     * What it lives as long as.
     *
     * @return never borrowed by itself
     */
    RequestConnection requestConnection();
}
