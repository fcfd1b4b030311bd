/**
 * Jakarta Transactions: the only package that imports its API. Loaded only if the server has it.
 *
 * <p>Implements the interfaces of {@code transaction}.
 */
@NullMarked
package org.cabstand.internal.jta;

import org.jspecify.annotations.NullMarked;
