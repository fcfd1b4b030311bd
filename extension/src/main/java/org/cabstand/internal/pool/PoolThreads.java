package org.cabstand.internal.pool;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.cabstand.internal.OwnThread;

/**
 * Creates the daemon threads of a pool, named after it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class PoolThreads implements ThreadFactory {

    private final AtomicInteger count = new AtomicInteger();
    private final String name;
    private final ClassLoader loader;

    PoolThreads(String name, ClassLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    @Override
    public Thread newThread(Runnable task) {
        return new OwnThread(task, "cabstand-" + name + "-" + count.incrementAndGet(), loader);
    }
}
