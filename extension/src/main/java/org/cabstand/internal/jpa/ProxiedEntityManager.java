package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManager;
import org.cabstand.internal.request.RequestBound;

/**
 * The class of a request's entity manager as containers see it, that they make their proxies of: in our class
 * loader, and an interface, because OpenWebBeans cannot proxy a class without a constructor that takes
 * nothing.
 *
 * <p>Thread safety: as {@link RequestSession}, which handles its calls.
 */
public interface ProxiedEntityManager extends EntityManager, RequestBound {

    /** Says which pool it is of; OpenWebBeans passes on what an interface declares only. */
    @Override
    String toString();
}
