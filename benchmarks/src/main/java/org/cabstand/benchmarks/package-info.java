/**
 * Cabstand compared with other pools: {@link org.cabstand.benchmarks.Benchmarks} runs the suites, {@code report} draws
 * the results.
 */
package org.cabstand.benchmarks;
