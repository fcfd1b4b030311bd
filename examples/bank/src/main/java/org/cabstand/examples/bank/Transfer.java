package org.cabstand.examples.bank;

/**
 * What a client wants.
 *
 * @param id chosen by the client: who has got no answer sends the same again, and it is booked once
 * @param from number of the account that pays
 * @param to number of the account that is paid
 * @param cents more than zero
 */
public record Transfer(String id, int from, int to, long cents) {}
