package org.cabstand.it.app;

import java.util.concurrent.Executor;

/** Threads that have no request. */
public interface Workers extends Executor {}
