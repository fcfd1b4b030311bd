package org.cabstand.test.internal;

import java.lang.System.Logger.Level;
import java.sql.SQLException;

/**
 * Ends things whose end may hang, on a thread that nobody waits for.
 *
 * <p>Thread safety: stateless.
 */
final class Background {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** Ends something. */
    interface End {
        void run() throws SQLException;
    }

    private Background() {}

    static void run(End end) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                end.run();
                            } catch (SQLException | RuntimeException | Error e) {
                                LOGGER.log(Level.DEBUG, "a session cannot be ended", e);
                            }
                        },
                        "cabstand-test-end");
        thread.setDaemon(true);
        thread.start();
    }
}
