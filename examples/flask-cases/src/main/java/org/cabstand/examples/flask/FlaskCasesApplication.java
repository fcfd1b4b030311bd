package org.cabstand.examples.flask;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources under {@code /api}; {@code app = Flask(__name__)}. */
@ApplicationPath("api")
public class FlaskCasesApplication extends Application {}
