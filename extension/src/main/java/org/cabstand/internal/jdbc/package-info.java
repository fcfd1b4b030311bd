/**
 * JDBC objects that stop working when the use of their connection ends: statements, results, metadata. Code that only
 * forwards is generated.
 *
 * <p>Every package may use it. It knows uses of connections ({@code ConnectionUse}), but neither pools nor
 * transactions.
 */
package org.cabstand.internal.jdbc;
