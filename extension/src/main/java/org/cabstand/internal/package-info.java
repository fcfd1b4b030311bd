/** Messages and log, which all packages use. Nothing here or below is part of the API. */
@NullMarked
package org.cabstand.internal;

import org.jspecify.annotations.NullMarked;
