package org.cabstand.it.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources under {@code api}. */
@ApplicationPath("api")
public class RestApplication extends Application {}
