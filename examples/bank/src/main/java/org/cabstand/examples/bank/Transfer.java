package org.cabstand.examples.bank;

/**
 * A transfer that a client asks for.
 *
 * @param id chosen by the client; a client that got no answer sends the same id again, and the
 *     transfer is booked once
 * @param from the number of the account that pays
 * @param to the number of the account that is paid
 * @param cents more than zero
 */
public record Transfer(String id, int from, int to, long cents) {}
