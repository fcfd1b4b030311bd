/** A JDBC driver whose database costs nothing. */
package org.cabstand.benchmarks.stub;
