/**
 * JDBC connections for the requests of Jakarta EE applications.
 *
 * <p>Read this first. Data flows one way:
 *
 * <pre>
 * MicroProfile Config  -> internal.config   keys, readers, PoolSettings; every fault in one report
 * PoolSettings         -> internal.pool     cache -> Agroal -> opener -> driver; the queue, leases, health probe
 * a pool               -> CabstandExtension the beans: DataSource, and Connection per request
 * a request            -> internal.request  when it begins, parks, ends (internal.servlet: servlet API)
 * a lease              -> internal.handle   what applications hold: DataSource, connection; customizers
 * a connection         -> internal.jdbc     its statements, results and metadata
 * entities             -> internal.jpa      a pool's persistence unit, the EntityManager per request
 * a transaction        -> internal.transaction  a pool's branch of it (internal.jta: the API of JTA)
 * a pool               -> internal.health   MicroProfile Health (internal.monitor: what others measure of a pool)
 * PoolOperations       -> internal.pool     who looks at a pool and steers it (internal.jmx: the same by JMX)
 * </pre>
 *
 * <p>This package is the API; all below {@code internal} may change at any time. Nothing is null unless it is
 * {@code @Nullable}.
 */
@NullMarked
package org.cabstand;

import org.jspecify.annotations.NullMarked;
