package org.cabstand.examples.bank;

/**
 * The journal's entry for a transfer.
 *
 * @param tries how often it was tried
 * @param reason why it was not booked; null if it was booked or is undecided
 */
public record Entry(Transfer transfer, State state, int tries, String reason) {

    /** The state of a transfer. The last three are final. */
    public enum State {
        /** Begun. If nobody works on it any more, it has changed nothing and may be tried again. */
        ATTEMPTED,
        /** The money has changed its owner. */
        BOOKED,
        /** The bank refused it; nothing has changed. */
        REFUSED,
        /** Something failed; nothing has changed. */
        FAILED
    }
}
