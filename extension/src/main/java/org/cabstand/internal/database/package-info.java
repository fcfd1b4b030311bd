/**
 * The differences between databases and their drivers, as data. Nothing else in the code names a database.
 *
 * <p>Used by {@code config}, {@code connect} and {@code pool}. It uses {@code jdbc}, for the attributes of a session.
 */
@NullMarked
package org.cabstand.internal.database;

import org.jspecify.annotations.NullMarked;
