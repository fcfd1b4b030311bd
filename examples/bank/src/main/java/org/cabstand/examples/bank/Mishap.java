package org.cabstand.examples.bank;

/** What may be asked to go wrong, after the first account has been changed and before the second. */
public enum Mishap {
    NONE,
    /** A bug: an unchecked exception. */
    EXCEPTION,
    /** The transaction is marked for rollback, and all goes on as if it were not. */
    ROLLBACK_ONLY,
    /** A statement takes longer than the transaction may. */
    SLOW
}
