package org.cabstand.examples.bank;

/** The bank refuses a transfer; the message tells the client why. */
public class TransferRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    TransferRefusedException(String reason) {
        super(reason);
    }
}
