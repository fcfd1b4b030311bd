package org.cabstand.examples.bank;

/** The bank says no; the message says why, to the client. */
public class TransferRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    TransferRefusedException(String reason) {
        super(reason);
    }
}
