package org.cabstand.internal.pool;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.connect.CredentialsDigest;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is to leave the pool, and why.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Departure {

    /** Written once, by whoever finds out. */
    private volatile boolean broken;

    /** Written once, by whoever decides. */
    private volatile boolean retired;

    /** The first reason, before {@code broken} or {@code retired} is set. */
    private final AtomicReference<Eviction> reason = new AtomicReference<>();

    /** Null when it may live for ever. */
    private final AtomicReference<Future<?>> endOfLife = new AtomicReference<>();

    /** What it was opened with; null once it is to be replaced because that has changed. */
    private final AtomicReference<CredentialsDigest> login;

    Departure(CredentialsDigest login) {
        this.login = new AtomicReference<>(login);
    }

    /** It can be used no more, not even by who has it. */
    void markBroken(Eviction why) {
        reason.compareAndSet(null, why);
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** It is well, but its time is over: nobody gets it any more. */
    void retire(Eviction why) {
        reason.compareAndSet(null, why);
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Null as long as there is no reason. */
    @Nullable Eviction reason() {
        return reason.get();
    }

    /** What will retire it, instead of what would have; null when nothing needs to. */
    void isDueBy(@Nullable Future<?> task) {
        Future<?> before = endOfLife.getAndSet(task);
        if (before != null) {
            before.cancel(false);
        }
    }

    /** Whether it was opened with other credentials; true once. */
    boolean isDueFor(CredentialsDigest current) {
        CredentialsDigest own = login.get();
        return own != null && !own.equals(current) && login.compareAndSet(own, null);
    }
}
