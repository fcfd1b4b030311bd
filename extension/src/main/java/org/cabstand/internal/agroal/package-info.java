/**
 * Agroal, behind one door: the only package that imports {@code io.agroal}.
 *
 * <p>{@link org.cabstand.internal.agroal.AgroalPool} keeps the connections that nobody uses and closes those that nobody
 * has used for {@code idle-timeout}. What we rely on in Agroal has a test of its own, {@code AgroalContractTest}.
 */
@NullMarked
package org.cabstand.internal.agroal;

import org.jspecify.annotations.NullMarked;
