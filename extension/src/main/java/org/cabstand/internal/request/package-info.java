/**
 * The connections of a request: one for each pool, given back when the request ends, however it ends.
 *
 * <p>Used by the deployment. It uses {@code handle}.
 */
@NullMarked
package org.cabstand.internal.request;

import org.jspecify.annotations.NullMarked;
