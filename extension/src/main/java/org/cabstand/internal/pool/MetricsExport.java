package org.cabstand.internal.pool;

/** Shows the metrics of an application's pools to somebody outside, until it is closed. */
public interface MetricsExport {

    /** To nobody. */
    MetricsExport NONE = () -> {};

    /** Ends it, and leaves nothing of this application behind. */
    void close();
}
