/**
 * JMX: the only package that imports its API. Loaded only if the JDK has it.
 *
 * <p>Offers the operations of each pool as an MXBean.
 */
@NullMarked
package org.cabstand.internal.jmx;

import org.jspecify.annotations.NullMarked;
