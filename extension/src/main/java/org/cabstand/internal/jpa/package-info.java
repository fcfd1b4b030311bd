/**
 * JPA over a pool: the only package that imports {@code jakarta.persistence}.
 *
 * <p>A pool's unit is one of {@code META-INF/persistence.xml}, or consists of the application's entities
 * ({@link org.cabstand.internal.jpa.JpaUnits}); a provider of the server or the application runs it as it would run a
 * container's unit ({@link org.cabstand.internal.jpa.Unit}), with the pool as its data source and the transactions of
 * {@code internal.jta}; requests use it through one session for each request or transaction
 * ({@link org.cabstand.internal.jpa.RequestSession}).
 */
package org.cabstand.internal.jpa;
