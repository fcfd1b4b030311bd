/**
 * Cabstand beside its peers: {@link org.cabstand.benchmarks.Benchmarks} runs the suites, {@code report}
 * draws what they measured.
 */
package org.cabstand.benchmarks;
