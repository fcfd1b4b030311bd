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

    /** {@return since when, in ISO-8601} */
    public String getSince() {
        return holder.since().toString();
    }

    /** {@return for how long, in milliseconds} */
    public long getHeldMillis() {
        return heldMillis;
    }

    /** {@return where the application is now, if that is known} */
    public @Nullable String getFrame() {
        return holder.frame();
    }

    /** {@return where it was borrowed, with {@code leak-timeout}} */
    public @Nullable String getBorrowedAt() {
        return holder.borrowedAt();
    }

    /** {@return what is odd} */
    public @Nullable String getNote() {
        return holder.note();
    }

    /** {@return where the thread is now} */
    public List<String> getStack() {
        return holder.stack();
    }

    /** {@return what runs on the connection, if that is known} */
    public @Nullable String getStatement() {
        return holder.statement();
    }

    /** {@return whether it is closed when it comes back} */
    public boolean isLeaving() {
        return holder.leaving();
    }
}
