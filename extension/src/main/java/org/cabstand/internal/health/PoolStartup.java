package org.cabstand.internal.health;

import jakarta.inject.Inject;
import org.cabstand.PoolState;
import org.cabstand.internal.pool.ConnectionPool;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * The startup check of one pool: up once {@code min-size} connections have been open, and for ever after that. It asks no
 * database and waits for nothing.
 *
 * <p>It is added like {@link PoolReadiness}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@Startup
public class PoolStartup implements HealthCheck {

    /** {@link HealthChecks#FIELD}. */
    @Inject ConnectionPool pool;

    /** For the container. */
    public PoolStartup() {
        // the field is injected
    }

    @Override
    public HealthCheckResponse call() {
        return check(pool);
    }

    /** What the check of a pool answers. */
    static HealthCheckResponse check(ConnectionPool pool) {
        boolean started = pool.control().hasStarted();
        PoolState state = pool.control().state(0);
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(pool.name() + "-startup")
                        .status(started)
                        .withData("open", state.active() + state.idle())
                        .withData("min", state.minSize());
        if (!started && state.trouble() != null) {
            response.withData("reason", state.trouble());
        }
        return response.build();
    }
}
