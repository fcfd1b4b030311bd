/**
 * Tests of an application that uses Cabstand's pools: {@link org.cabstand.test.CabstandTest} rolls back what a test
 * did, however it was committed, or gives it a database of its own; {@link org.cabstand.test.PoolCheck} looks at
 * what the application asked of its pools.
 *
 * <p>Parameters and results are not null unless stated.
 */
package org.cabstand.test;
