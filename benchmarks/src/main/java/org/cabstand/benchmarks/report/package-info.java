/** Results as JSON, tables and charts. */
package org.cabstand.benchmarks.report;
