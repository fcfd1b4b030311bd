package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManagerFactory;

/**
 * The class of a pool's EntityManagerFactory as containers see it, like {@link ProxiedEntityManager}.
 *
 * <p>Thread safety: as {@link RunningUnit}, which handles its calls.
 */
public interface ProxiedFactory extends EntityManagerFactory {

    /** Says which pool it is of; OpenWebBeans passes on what an interface declares only. */
    @Override
    String toString();
}
