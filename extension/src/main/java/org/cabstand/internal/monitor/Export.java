package org.cabstand.internal.monitor;

/** Shows an application's pools to somebody outside, until it is closed. */
public interface Export {

    /** Shows nothing. */
    Export NONE = () -> {};

    /** Ends it and leaves nothing of this application behind. */
    void close();
}
