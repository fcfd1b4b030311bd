/**
 * Jakarta Transactions: the only package that imports its API. Loaded where a server has it.
 *
 * <p>Implements what {@code transaction} asks for.
 */
@NullMarked
package org.cabstand.internal.jta;

import org.jspecify.annotations.NullMarked;
