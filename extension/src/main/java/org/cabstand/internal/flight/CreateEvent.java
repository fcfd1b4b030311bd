package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A physical connection was opened, or could not be. */
@Name("cabstand.ConnectionCreate")
@Label("Connection Create")
@Description("How long it took to open a physical connection and set it up")
@StackTrace(false)
final class CreateEvent extends TimedEvent {}
