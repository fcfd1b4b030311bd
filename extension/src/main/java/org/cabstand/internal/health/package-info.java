/**
 * MicroProfile Health: the only package that imports its API. Loaded where a server has it.
 *
 * <p>Shows the answers of the probes of {@code pool}.
 */
@NullMarked
package org.cabstand.internal.health;

import org.jspecify.annotations.NullMarked;
