/**
 * What applications hold: connections that borrow from a pool when they are used, and the DataSource; and the
 * customizers' view of what is borrowed.
 *
 * <p>Used by {@code request} and by the extension. It uses {@code transaction} and {@code pool}, which know
 * nothing of it.
 */
@NullMarked
package org.cabstand.internal.handle;

import org.jspecify.annotations.NullMarked;
