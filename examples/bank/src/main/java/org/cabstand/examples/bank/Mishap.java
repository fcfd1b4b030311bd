package org.cabstand.examples.bank;

/**
 * The failures that a client can ask for, between the change of the first account and that of the
 * second.
 */
public enum Mishap {
    NONE,
    /** A bug: an unchecked exception. */
    EXCEPTION,
    /** The transaction is marked for rollback, and the code goes on as if it were not. */
    ROLLBACK_ONLY,
    /** A statement takes longer than the transaction's timeout. */
    SLOW
}
