package org.cabstand.internal.handle;

import javax.sql.DataSource;

/**
 * The class of a pool's DataSource as containers see it, that they make their proxies of: in our class
 * loader, not the JDK's, and an interface, because OpenWebBeans cannot proxy a class without a constructor
 * that takes nothing.
 *
 * <p>Thread safety: as {@link PoolDataSource}, the only one that implements it.
 */
public interface ProxiedDataSource extends DataSource {

    /** Says which pool it is of; OpenWebBeans passes on what an interface declares only. */
    @Override
    String toString();
}
