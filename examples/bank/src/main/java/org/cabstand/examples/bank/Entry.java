package org.cabstand.examples.bank;

/**
 * What the journal knows of a transfer.
 *
 * @param tries how often it was begun
 * @param reason why it was not booked; null when it was, or when nothing is decided
 */
public record Entry(Transfer transfer, State state, int tries, String reason) {

    /** Where a transfer has got to. The last three are final. */
    public enum State {
        /** Begun. If nobody is at it any more, it has changed nothing, and may be tried again. */
        ATTEMPTED,
        /** The money has changed its owner. */
        BOOKED,
        /** The bank said no, nothing has changed. */
        REFUSED,
        /** Something broke, nothing has changed. */
        FAILED
    }
}
