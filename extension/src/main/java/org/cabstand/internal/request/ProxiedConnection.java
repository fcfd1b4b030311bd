package org.cabstand.internal.request;

import java.sql.Connection;

/**
 * The class of the request's connection as containers see it, that they make their proxies of: in our class
 * loader, not the JDK's, and an interface, because OpenWebBeans cannot proxy a class without a constructor
 * that takes nothing.
 *
 * <p>Thread safety: as {@link RequestConnection}, the only one that implements it.
 */
public interface ProxiedConnection extends Connection {

    /** Says which pool it is of; OpenWebBeans passes on what an interface declares only. */
    @Override
    String toString();
}
