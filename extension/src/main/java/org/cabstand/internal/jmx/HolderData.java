package org.cabstand.internal.jmx;

import java.util.List;
import org.cabstand.Holder;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Holder} as JMX shows it.
 *
 * <p>Thread safety: immutable.
 */
public final class HolderData {

    private final Holder holder;
    private final long heldMillis;

    HolderData(Holder holder, long heldMillis) {
        this.holder = holder;
        this.heldMillis = heldMillis;
    }

    /** {@return the thread's name} */
    public String getThread() {
        return holder.thread();
    }

    /** {@return the moment of the borrow, in ISO-8601} */
    public String getSince() {
        return holder.since().toString();
    }

    /** {@return how long it has been held, in milliseconds} */
    public long getHeldMillis() {
        return heldMillis;
    }

    /** {@return the application's current frame, if known} */
    public @Nullable String getFrame() {
        return holder.frame();
    }

    /** {@return where it was borrowed, with {@code leak-timeout}} */
    public @Nullable String getBorrowedAt() {
        return holder.borrowedAt();
    }

    /** {@return an anomaly, if there is one} */
    public @Nullable String getNote() {
        return holder.note();
    }

    /** {@return the thread's current stack} */
    public List<String> getStack() {
        return holder.stack();
    }

    /** {@return the statement that is running, if known} */
    public @Nullable String getStatement() {
        return holder.statement();
    }

    /** {@return whether it will be closed when it is returned} */
    public boolean isLeaving() {
        return holder.leaving();
    }
}
