package org.cabstand.internal.monitor;

/** Exports the metrics of an application's pools until it is closed. */
public interface MetricsExport {

    /** Exports nothing. */
    MetricsExport NONE = () -> {};

    /** Ends the export and leaves nothing of this application behind. */
    void close();
}
