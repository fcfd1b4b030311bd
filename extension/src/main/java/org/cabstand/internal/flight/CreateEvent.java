package org.cabstand.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An attempt to open a physical connection. */
@Name("cabstand.ConnectionCreate")
@Label("Connection Create")
@Description("How long it took to open a physical connection and set it up")
@StackTrace(false)
final class CreateEvent extends TimedEvent {}
