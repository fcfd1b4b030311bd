/**
 * MicroProfile Health: the only package that imports its API. Loaded where a server has it.
 *
 * <p>Shows the answers of the probes of {@code pool}.
 */
package org.cabstand.internal.health;
