/**
 * The connection of a request: one for each pool, given back at the end of the request, however that comes.
 *
 * <p>Used by the deployment. It uses {@code handle}.
 */
@NullMarked
package org.cabstand.internal.request;

import org.jspecify.annotations.NullMarked;
