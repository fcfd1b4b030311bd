package org.cabstand.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** The base of all events. */
@Category("Cabstand")
abstract class PoolEvent extends Event {

    @Label("Pool")
    @Description("Its name in cabstand.pool.<name>.<key>")
    @Nullable String pool;
}
