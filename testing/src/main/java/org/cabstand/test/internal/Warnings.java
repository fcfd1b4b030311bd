package org.cabstand.test.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Collects Cabstand's warnings while it is open. It collects those of the whole JVM, because the threads of pools
 * belong to no test.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class Warnings extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("org.cabstand");

    private final List<String> texts = new CopyOnWriteArrayList<>();

    /** Begins to collect. */
    public Warnings() {
        LOGGER.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            texts.add(String.valueOf(record.getMessage()));
        }
    }

    /**
     * The warnings.
     *
     * @return in the order of time
     */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
