package org.cabstand.internal.monitor;

/** Exports an application's pools until it is closed. */
public interface Export {

    /** Exports nothing. */
    Export NONE = () -> {};

    /** Ends the export and leaves nothing of this application behind. */
    void close();
}
