package org.cabstand.internal.jpa;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;

/**
 * The EntityManagerFactory of a pool's unit. It is created when the application starts or, if that fails because the
 * database is down, at the next use.
 *
 * <p>It is created on a thread of its own, which is in no transaction and no request.
 *
 * <p>Thread safety: safe for concurrent use; callers wait while it is being created.
 */
final class RunningUnit {

    /** How long the application's start waits for the provider at most. Later users wait for the rest. */
    private static final Duration TO_START = Duration.ofSeconds(5);

    /** How long a call waits for the unit: a large model, or creating a schema, may take a while. */
    private static final Duration TO_BE_STARTED = Duration.ofSeconds(60);

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

    private final String pool;
    private final ClassLoader loader;
    private final Callable<EntityManagerFactory> maker;
    private final Duration patience;

    private volatile EntityManagerFactory factory;

    /** Guarded by this. */
    private FutureTask<EntityManagerFactory> attempt;

    /** The thread that runs {@code attempt}. Guarded by this. */
    private Thread worker;

    /** Guarded by this. */
    private boolean closed;

    /**
     * A unit that has not started.
     *
     * @param pool the pool's name
     * @param loader the application's
     * @param maker asks the provider for the factory
     */
    RunningUnit(String pool, ClassLoader loader, Callable<EntityManagerFactory> maker) {
        this(pool, loader, maker, TO_BE_STARTED);
    }

    /** A unit for which callers wait no longer than this. */
    RunningUnit(
            String pool,
            ClassLoader loader,
            Callable<EntityManagerFactory> maker,
            Duration patience) {
        this.pool = pool;
        this.loader = loader;
        this.maker = maker;
        this.patience = patience;
    }

    /** Begins to create the factory. A failure is logged, and the next use tries again. */
    void start() {
        begin(true);
    }

    /**
     * Waits until the start has ended, but not for ever: a provider may hang, and on Open Liberty Weld holds a lock
     * while it fires the start event, which Hibernate needs to create entity listeners by CDI.
     */
    void awaitStart() {
        Thread working;
        synchronized (this) {
            working = worker;
        }
        if (working != null) {
            join(working, TO_START);
        }
    }

    private static void join(Thread thread, Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The factory.
     *
     * @throws PersistenceException when it cannot be created
     */
    EntityManagerFactory get() {
        EntityManagerFactory ready = factory;
        if (ready != null) {
            return ready;
        }
        FutureTask<EntityManagerFactory> task = begin(false);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw new PersistenceException(
                    Message.UNIT_STARTS_FOR_LONG.format(pool, patience.toSeconds(), pool), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private PersistenceException failed(Throwable cause) {
        return new PersistenceException(Message.UNIT_NOT_STARTED.format(pool, cause), cause);
    }

    private synchronized FutureTask<EntityManagerFactory> begin(boolean isLogged) {
        if (closed) {
            throw new IllegalStateException(Message.POOL_CLOSED.format(pool));
        }
        if (worker == Thread.currentThread()) {
            throw new IllegalStateException(
                    Message.UNIT_NOT_STARTED.format(pool, "it is used while it starts"));
        }
        if (attempt == null) {
            FutureTask<EntityManagerFactory> task = new FutureTask<>(this::make);
            Thread thread = new Thread(() -> run(task, isLogged), "cabstand-jpa-" + pool);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            attempt = task;
            worker = thread;
            thread.start();
        }
        return attempt;
    }

    private EntityManagerFactory make() throws Exception {
        EntityManagerFactory made = maker.call();
        boolean works = false;
        try {
            made.createEntityManager().close(); // before this EclipseLink does not connect
            works = true;
        } finally {
            if (!works) {
                made.close();
            }
        }
        return made;
    }

    private void run(FutureTask<EntityManagerFactory> task, boolean isLogged) {
        task.run();
        EntityManagerFactory made = null;
        try {
            made = task.get();
        } catch (ExecutionException e) {
            if (isLogged) {
                Log.log(
                        Level.WARNING,
                        Message.UNIT_NOT_STARTED.format(pool, e.getCause()),
                        e.getCause());
            }
        } catch (InterruptedException e) {
            Log.debug(
                    "interrupted after the unit has started",
                    e); // it is done, so this cannot happen
        }
        boolean late;
        synchronized (this) {
            late = closed;
            factory = late ? null : made;
            worker = null;
            if (made == null) {
                attempt = null;
            }
        }
        if (late && made != null) {
            made.close();
        }
    }

    /** Closes the factory, even one that is still being created. */
    void close() {
        Thread working;
        EntityManagerFactory made;
        synchronized (this) {
            closed = true;
            working = worker;
            made = factory;
            factory = null;
        }
        if (working != null) {
            working.interrupt();
            join(working, PATIENCE_AT_CLOSE);
        }
        if (made != null && made.isOpen()) {
            made.close();
        }
    }

    /** Handles a call of the bean. */
    Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "EntityManagerFactory of pool '" + pool + "'";
            case "close":
                throw new IllegalStateException(Message.FACTORY_NOT_CLOSED.format(pool));
            default:
                try {
                    return method.invoke(get(), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
        }
    }
}
