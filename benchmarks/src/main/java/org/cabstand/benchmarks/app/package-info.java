/** The application that the servers run: TechEmpower's cases, over three sources of connections. */
package org.cabstand.benchmarks.app;
