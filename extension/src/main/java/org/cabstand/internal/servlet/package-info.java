/**
 * Jakarta Servlet: the only package that imports its API. Loaded where a server has it.
 *
 * <p>Tells {@code request} what the payload of a request event is.
 */
@NullMarked
package org.cabstand.internal.servlet;

import org.jspecify.annotations.NullMarked;
