package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A borrower looked for a connection, and waited if there was none. */
@Name("cabstand.ConnectionBorrow")
@Label("Connection Borrow")
@Description("How long a request waited for a connection; in vain if it failed")
@Threshold("1 ms")
final class BorrowEvent extends TimedEvent {}
