package org.cabstand.examples.quickstart;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources under {@code /api}, beside the page. */
@ApplicationPath("api")
public class QuickstartApplication extends Application {}
