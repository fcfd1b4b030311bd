/**
 * Agroal, behind one door: the only package that imports {@code io.agroal}.
 *
 * <p>{@link org.cabstand.internal.agroal.AgroalPool} keeps idle connections and closes those that were idle for
 * {@code idle-timeout}. {@code AgroalContractTest} tests what we rely on in Agroal.
 */
@NullMarked
package org.cabstand.internal.agroal;

import org.jspecify.annotations.NullMarked;
