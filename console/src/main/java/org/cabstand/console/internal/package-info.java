/**
 * The console: a servlet under {@code /cabstand/} that shows the pools of its application and operates them.
 *
 * <p>{@code ConsoleInitializer} adds {@code ConsoleServlet} where the configuration wants it. {@code Guard} says who may
 * come in. {@code OverviewPage} and {@code PoolPage} make pages of what {@code PoolOperations} tells, {@code PoolJson}
 * the same as JSON, and {@code Sampler} remembers the last minutes. The script in the page only fetches the page again
 * and puts what has changed in its place.
 *
 * <p>Nothing is null unless stated.
 */
package org.cabstand.console.internal;
