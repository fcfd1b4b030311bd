/**
 * Databases for development, which are started for pools without URL, and only under MicroProfile Config's profiles
 * {@code dev} and {@code test}.
 *
 * <p>Parameters and results are not null unless stated.
 */
package org.cabstand.dev.internal;
