/**
 * The deployment of an application: its beans, its injection points, its name, and the APIs that its server has.
 *
 * <p>Used by {@code CabstandExtension} alone; uses everything else.
 */
package org.cabstand.internal.deployment;
