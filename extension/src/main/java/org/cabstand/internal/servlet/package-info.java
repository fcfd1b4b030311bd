/**
 * Jakarta Servlet: the only package that imports its API. Loaded only if the server has it.
 *
 * <p>Reads the payload of request events for {@code request}.
 */
@NullMarked
package org.cabstand.internal.servlet;

import org.jspecify.annotations.NullMarked;
