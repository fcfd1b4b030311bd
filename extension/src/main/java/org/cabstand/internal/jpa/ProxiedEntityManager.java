package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManager;
import org.cabstand.internal.request.RequestBound;

/**
 * The type of a request's entity manager from which containers make their proxies. It is ours, so that the proxies are
 * in our class loader, and an interface, because OpenWebBeans cannot proxy a class without a no-argument constructor.
 *
 * <p>Thread safety: as {@link RequestSession}, which handles its calls.
 */
public interface ProxiedEntityManager extends EntityManager, RequestBound {

    /** Names the pool. It is declared here because OpenWebBeans passes on only methods that an interface declares. */
    @Override
    String toString();
}
