/** The beans of pools, their names and their messages. Nothing here or below is part of the API. */
@NullMarked
package org.cabstand.internal;

import org.jspecify.annotations.NullMarked;
