/**
 * What Flask applications do with connection pools, case by case.
 *
 * <p>Each {@code …Case} is a resource of its own with a pool of its own; {@code
 * META-INF/microprofile-config.properties} has the pools, each below the Python line that it stands for.
 * {@code docs/from-flask.md} shows both side by side.
 */
package org.cabstand.examples.flask;
