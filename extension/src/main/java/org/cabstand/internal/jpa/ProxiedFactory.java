package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManagerFactory;

/**
 * The type of a pool's EntityManagerFactory from which containers make their proxies, like
 * {@link ProxiedEntityManager}.
 *
 * <p>Thread safety: as {@link RunningUnit}, which handles its calls.
 */
public interface ProxiedFactory extends EntityManagerFactory {

    /** Names the pool. It is declared here because OpenWebBeans passes on only methods that an interface declares. */
    @Override
    String toString();
}
