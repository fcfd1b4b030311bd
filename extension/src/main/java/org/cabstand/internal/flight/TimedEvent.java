package org.cabstand.internal.flight;

import jdk.jfr.Label;
import org.cabstand.internal.monitor.Timing;

/** An event with a duration. */
abstract class TimedEvent extends PoolEvent implements Timing {

    @Label("Failed")
    boolean failed;

    @Override
    public void end(boolean succeeded) {
        failed = !succeeded;
        commit();
    }

    /** Begins the event if it is being recorded. */
    Timing begun(String ofPool) {
        if (!isEnabled()) {
            return NONE;
        }
        pool = ofPool;
        begin();
        return this;
    }
}
