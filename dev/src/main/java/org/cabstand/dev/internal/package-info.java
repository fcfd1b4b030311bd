/**
 * Databases for applications that are developed: started for a pool without URL, under MicroProfile Config's
 * profiles {@code dev} and {@code test} only.
 *
 * <p>Parameters and results are not null unless stated.
 */
package org.cabstand.dev.internal;
