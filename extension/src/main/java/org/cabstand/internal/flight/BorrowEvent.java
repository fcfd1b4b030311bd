package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A borrow, with its wait if there was no idle connection. */
@Name("cabstand.ConnectionBorrow")
@Label("Connection Borrow")
@Description("How long a request waited for a connection; in vain if it failed")
@Threshold("1 ms")
final class BorrowEvent extends TimedEvent {}
