package org.cabstand.benchmarks.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts all resources under the context root. */
@ApplicationPath("/")
public class RestApplication extends Application {}
