package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** The use of a connection, from the borrow to the return. */
@Name("cabstand.ConnectionUse")
@Label("Connection Use")
@Description("How long a connection was held, from the borrow to the return")
@StackTrace(false)
@Threshold("10 ms")
final class UseEvent extends TimedEvent {

    /** The event's own thread is the one that returned the connection. */
    @Label("Borrower")
    Thread borrower = Thread.currentThread();
}
