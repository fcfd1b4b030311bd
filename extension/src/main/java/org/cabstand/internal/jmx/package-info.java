/**
 * JMX: the only package that imports its API. Loaded where the JDK has it.
 *
 * <p>Shows the operations of {@code pool} as an MXBean for each pool.
 */
@NullMarked
package org.cabstand.internal.jmx;

import org.jspecify.annotations.NullMarked;
