/**
 * A bank whose books balance, whatever fails.
 *
 * <p>{@link org.cabstand.examples.bank.TransferResource} accepts a transfer, {@link
 * org.cabstand.examples.bank.Teller} makes sure that it gets an outcome, and {@link
 * org.cabstand.examples.bank.Transfers} has the transaction, in which {@link
 * org.cabstand.examples.bank.Accounts} (JPA) and {@link org.cabstand.examples.bank.Journal} (SQL) change
 * together. {@link
 * org.cabstand.examples.bank.BooksResource} checks that they did.
 */
package org.cabstand.examples.bank;
