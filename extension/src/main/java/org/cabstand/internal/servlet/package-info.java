/**
 * Jakarta Servlet: the only package that imports its API. Loaded only if the server has it.
 *
 * <p>Reads the payload of request events for {@code request}, and on Tomcat tells it when a thread enters or
 * leaves an asynchronous request.
 */
@NullMarked
package org.cabstand.internal.servlet;

import org.jspecify.annotations.NullMarked;
