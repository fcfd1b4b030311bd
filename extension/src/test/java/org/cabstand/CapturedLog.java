package org.cabstand;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the extension's log while it is open. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("org.cabstand");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        setLevel(Level.ALL);
        LOGGER.setLevel(Level.ALL);
        LOGGER.addHandler(this);
    }

    public List<String> at(Level level) {
        return records.stream()
                .filter(record -> record.getLevel().equals(level))
                .map(LogRecord::getMessage)
                .toList();
    }

    /** Messages and stack traces of all levels. */
    public List<String> everything() {
        return records.stream()
                .map(
                        record -> {
                            StringWriter text = new StringWriter();
                            text.append(String.valueOf(record.getMessage())).append('\n');
                            if (record.getThrown() != null) {
                                record.getThrown().printStackTrace(new PrintWriter(text));
                            }
                            return text.toString();
                        })
                .toList();
    }

    public List<String> warnings() {
        return at(Level.WARNING);
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setLevel(null);
    }
}
