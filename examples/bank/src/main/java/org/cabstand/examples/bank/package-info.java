/**
 * A bank whose books balance, whatever fails.
 *
 * <p>{@link org.cabstand.examples.bank.TransferResource} takes a transfer in, {@link
 * org.cabstand.examples.bank.Teller} sees to it that it gets an outcome, and {@link
 * org.cabstand.examples.bank.Transfers} has the transaction: {@link org.cabstand.examples.bank.Accounts} and
 * {@link org.cabstand.examples.bank.Journal} change together in it. {@link
 * org.cabstand.examples.bank.BooksResource} checks that they did.
 */
package org.cabstand.examples.bank;
