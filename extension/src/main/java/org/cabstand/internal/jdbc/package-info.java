/**
 * JDBC objects that stop working when their use has ended: statements, results, metadata. What only forwards is generated.
 *
 * <p>Free for all to use. It knows a use of a connection ({@code ConnectionUse}), and neither pools nor transactions.
 */
package org.cabstand.internal.jdbc;
