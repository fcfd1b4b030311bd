/**
 * MicroProfile Health: the only package that imports its API. Loaded only if the server has it.
 *
 * <p>Shows the answers of the pools' health probes.
 */
@NullMarked
package org.cabstand.internal.health;

import org.jspecify.annotations.NullMarked;
