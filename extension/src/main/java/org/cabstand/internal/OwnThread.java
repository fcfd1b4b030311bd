package org.cabstand.internal;

import org.jspecify.annotations.Nullable;

/**
 * A thread of ours, which nothing foreign may hold for ever: what it logs is written by another one.
 *
 * <p>Thread safety: as {@link Thread}.
 *
 * @see Log
 */
public final class OwnThread extends Thread {

    /**
     * A daemon that has not started.
     *
     * @param task what to run
     * @param name its name
     * @param loader its context class loader; null for the system's
     */
    public OwnThread(Runnable task, String name, @Nullable ClassLoader loader) {
        // inherits no thread-locals, which would be those of whatever request comes first
        super(null, task, name, 0, false);
        setDaemon(true);
        setContextClassLoader(loader);
    }
}
