/**
 * The applications that the tests deploy: resources, servlets and beans.
 *
 * <p>These classes run inside the server. {@code PoolResource} tells how a pool is, {@code WorkResource} and the two
 * servlets are the kinds of request that there are, the others belong to one scenario each. Between the calls of one
 * test, state is kept in application-scoped beans.
 */
package org.cabstand.it.app;
