/**
 * The console: a servlet under {@code /cabstand/} that shows the pools of its application and operates them.
 *
 * <p>{@code ConsoleInitializer} adds {@code ConsoleServlet} if the console is enabled. {@code Guard} decides who may
 * see it. {@code OverviewPage} and {@code PoolPage} render the data of {@code PoolOperations} as pages,
 * {@code PoolJson} as JSON, and {@code Sampler} records the last minutes. The script in the page only fetches the page
 * again and replaces what has changed.
 *
 * <p>Nothing is null unless stated.
 */
package org.cabstand.console.internal;
