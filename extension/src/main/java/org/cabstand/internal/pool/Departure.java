package org.cabstand.internal.pool;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.connect.CredentialsDigest;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection must leave the pool, and why.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Departure {

    /** Written once, by the thread that finds out. */
    private volatile boolean broken;

    /** Written once, by the thread that decides. */
    private volatile boolean retired;

    /** The first reason; set before {@code broken} and {@code retired}. */
    private final AtomicReference<Eviction> reason = new AtomicReference<>();

    /** Null when its lifetime is unlimited. */
    private final AtomicReference<Future<?>> endOfLife = new AtomicReference<>();

    /** The credentials that opened it; null once it is being replaced because they have changed. */
    private final AtomicReference<CredentialsDigest> login;

    Departure(CredentialsDigest login) {
        this.login = new AtomicReference<>(login);
    }

    /** Marks it as unusable, even for its holder. */
    void markBroken(Eviction why) {
        reason.compareAndSet(null, why);
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** Marks it as not to be borrowed again. It still works for its holder. */
    void retire(Eviction why) {
        reason.compareAndSet(null, why);
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** The reason; null if there is none. */
    @Nullable Eviction reason() {
        return reason.get();
    }

    /** Replaces the task that will retire it; null for none. */
    void isDueBy(@Nullable Future<?> task) {
        Future<?> before = endOfLife.getAndSet(task);
        if (before != null) {
            before.cancel(false);
        }
    }

    /** Whether it was opened with other credentials; returns true only once. */
    boolean isDueFor(CredentialsDigest current) {
        CredentialsDigest own = login.get();
        return own != null && !own.equals(current) && login.compareAndSet(own, null);
    }
}
