package org.cabstand.internal.handle;

import javax.sql.DataSource;

/**
 * The type of a pool's DataSource from which containers make their proxies. It is ours, so that the proxies are in our
 * class loader and not the JDK's, and an interface, because OpenWebBeans cannot proxy a class without a no-argument
 * constructor.
 *
 * <p>Thread safety: as {@link PoolDataSource}, the only one that implements it.
 */
public interface ProxiedDataSource extends DataSource {

    /** Names the pool. It is declared here because OpenWebBeans passes on only methods that an interface declares. */
    @Override
    String toString();
}
