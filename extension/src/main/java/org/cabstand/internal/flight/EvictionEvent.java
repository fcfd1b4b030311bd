package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A physical connection left the pool. */
@Name("cabstand.ConnectionEviction")
@Label("Connection Eviction")
@Description("A physical connection left a running pool")
@StackTrace(false)
final class EvictionEvent extends PoolEvent {

    @Label("Reason")
    @Nullable String reason;

    @Label("Age")
    @Description("How long it was open")
    @Timespan
    long age;
}
