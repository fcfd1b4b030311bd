/**
 * Connection pools as Flask applications use them, case by case.
 *
 * <p>Each {@code …Case} is a resource with its own pool. {@code
 * META-INF/microprofile-config.properties} has the pools, each below the Python line that it
 * replaces.
 * {@code docs/from-flask.md} shows both side by side.
 */
package org.cabstand.examples.flask;
