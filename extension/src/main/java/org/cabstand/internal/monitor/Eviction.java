package org.cabstand.internal.monitor;

/** Why a physical connection leaves the pool. */
public enum Eviction {
    /** Nobody used it for {@code idle-timeout}. */
    IDLE("idle-timeout"),
    /** Its lifetime was over. */
    OLD("max-lifetime"),
    /** {@code max-size} was lowered. */
    TOO_MANY("max-size lowered"),
    /** It was opened with credentials that are no longer the current ones. */
    ROTATED("credentials changed"),
    /** Its database has become a standby. */
    DEMOTED("database became read-only"),
    /** An operator has evicted it. */
    OPERATOR("evicted by an operator"),
    /** Its validation failed, or got no answer. */
    INVALID("validation failed"),
    /** A call into the driver exceeded its limit. */
    OVERDUE("no answer"),
    /** An error that ends a session. */
    FATAL_ERROR("fatal error"),
    /** It could not be cleaned when it was returned. */
    UNCLEAN("return failed"),
    /** It was left in the middle of an exchange with the database. */
    BUSY("left in the middle of an exchange"),
    /** One of its statements is being cancelled, which may strike the next one. */
    CANCELLED("statement being cancelled"),
    /** Its state was changed and cannot be restored. */
    CHANGED("no way back to its first state"),
    /** The end of its transaction failed, or happened on another thread. */
    TRANSACTION_FAILED("transaction failed"),
    /** The application called {@link java.sql.Connection#abort}. */
    ABORTED("aborted");

    private final String text;

    Eviction(String text) {
        this.text = text;
    }

    /** The reason as users see it. */
    @Override
    public String toString() {
        return text;
    }
}
