/**
 * Support for tests of applications that use Cabstand's pools. {@link org.cabstand.test.CabstandTest} rolls back what a
 * test did, however it was committed, or gives it its own database; {@link org.cabstand.test.PoolCheck} checks how the
 * application has used its pools.
 *
 * <p>Parameters and results are not null unless stated.
 */
package org.cabstand.test;
