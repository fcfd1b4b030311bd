package org.cabstand.internal.database;

import java.lang.reflect.Field;
import java.net.Socket;
import java.sql.Connection;
import java.util.List;
import org.cabstand.internal.Log;

/**
 * Closes the sockets of an H2 connection to a server. The driver has no other way to end a read:
 * {@code abort} does nothing, a time limit cannot be lifted again, and {@code close} waits for the
 * read.
 *
 * <p>Thread safety: stateless.
 */
final class H2Sockets {

    private static final String REMOTE = "org.h2.engine.SessionRemote";

    private H2Sockets() {}

    /** Does nothing if the database is part of this process, or if H2 is built differently. */
    static void close(Connection connection) {
        try {
            Object session = connection.getClass().getMethod("getSession").invoke(connection);
            if (session == null || !session.getClass().getName().equals(REMOTE)) {
                return;
            }
            Field transfers = session.getClass().getDeclaredField("transferList");
            transfers.setAccessible(true);
            for (Object transfer : List.copyOf((List<?>) transfers.get(session))) {
                ((Socket) transfer.getClass().getMethod("getSocket").invoke(transfer)).close();
            }
        } catch (Exception | LinkageError e) { // that thread is lost; the pool goes on
            Log.debug("the sockets of an H2 connection could not be closed", e);
        }
    }
}
