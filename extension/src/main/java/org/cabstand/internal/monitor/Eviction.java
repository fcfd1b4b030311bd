package org.cabstand.internal.monitor;

/** Why a physical connection leaves the pool. */
public enum Eviction {
    /** Nobody used it for {@code idle-timeout}. */
    IDLE("idle-timeout"),
    /** Its time was over. */
    OLD("max-lifetime"),
    /** {@code max-size} was lowered. */
    TOO_MANY("max-size lowered"),
    /** It was opened with credentials that are no longer the current ones. */
    ROTATED("credentials changed"),
    /** It leads to a database that has become a standby. */
    DEMOTED("database became read-only"),
    /** The database did not answer when it was asked, or said no. */
    INVALID("validation failed"),
    /** The database, or the driver, did not come back from a call within its limit. */
    OVERDUE("no answer"),
    /** An error of the database that ends a session. */
    FATAL_ERROR("fatal error"),
    /** What was left in it could not be undone at its return. */
    UNCLEAN("return failed"),
    /** It was left in the middle of an exchange with the database. */
    BUSY("left in the middle of an exchange"),
    /** Its state was changed, and there is no way back. */
    CHANGED("no way back to its first state"),
    /** The end of its transaction failed, or came on another thread. */
    TRANSACTION_FAILED("transaction failed"),
    /** {@link java.sql.Connection#abort}. */
    ABORTED("aborted");

    private final String text;

    Eviction(String text) {
        this.text = text;
    }

    /** As it is shown to users. */
    @Override
    public String toString() {
        return text;
    }
}
