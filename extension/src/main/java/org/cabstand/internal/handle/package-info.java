/**
 * The objects that applications hold: connections that borrow from a pool when they are used, the DataSource, and the
 * connections that customizers get.
 *
 * <p>Used by {@code request} and by the extension. It uses {@code transaction} and {@code pool}, which do not know it.
 */
@NullMarked
package org.cabstand.internal.handle;

import org.jspecify.annotations.NullMarked;
