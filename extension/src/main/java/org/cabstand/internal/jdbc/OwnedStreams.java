package org.cabstand.internal.jdbc;

import java.io.IOException;
import java.sql.SQLException;

/**
 * Checks and errors of streams that read or write through a driver's connection: they end with its use.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class OwnedStreams {

    private static final String WHAT = "stream";

    private OwnedStreams() {}

    static void check(ConnectionUse owner) throws IOException {
        try {
            owner.checkNotOver(WHAT);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static boolean isOver(ConnectionUse owner) {
        return owner.endedFor(WHAT) != null;
    }

    /** Reports the SQLException that caused a stream's error. */
    static IOException failed(ConnectionUse owner, IOException error) {
        if (error.getCause() instanceof SQLException cause) {
            owner.failed(cause);
        }
        return error;
    }
}
