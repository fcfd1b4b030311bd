package org.cabstand.internal.pool;

/**
 * Keeps Agroal from opening a connection, or waiting for one, on a borrower's thread: it has nothing idle
 * now, and the {@link Opener} knows better how to wait.
 *
 * <p>Without a stack trace: it is a signal.
 */
final class NothingIdle extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final NothingIdle SIGNAL = new NothingIdle();

    private NothingIdle() {
        super("no idle connection", null, false, false);
    }
}
