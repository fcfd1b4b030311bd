package org.cabstand.internal.jdbc;

import java.io.IOException;
import java.sql.SQLException;

/**
 * What the streams of a driver do that work through its connection: they end with the use of it.
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

    /** Streams have no SQLException, but drivers say what the cause was. */
    static IOException failed(ConnectionUse owner, IOException error) {
        if (error.getCause() instanceof SQLException cause) {
            owner.failed(cause);
        }
        return error;
    }
}
