package org.cabstand.internal.health;

import jakarta.inject.Inject;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.HealthProbe;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check of one pool.
 *
 * <p>It is added once per pool, with the pool's qualifier on its field. It has no scope annotation
 * of its own, so that no container finds it by itself, even without MicroProfile Health.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@Readiness
public class PoolReadiness implements HealthCheck {

    /** {@link HealthChecks#FIELD}. */
    @Inject ConnectionPool pool;

    /** For the container. */
    public PoolReadiness() {
        // the field is injected
    }

    @Override
    public HealthCheckResponse call() {
        return check(pool);
    }

    /** What the check of a pool answers. */
    static HealthCheckResponse check(ConnectionPool pool) {
        HealthProbe.Answer answer = pool.probe().ask();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(pool.name())
                        .status(answer.up())
                        .withData("active", answer.state().active())
                        .withData("idle", answer.state().idle())
                        .withData("max", answer.state().max())
                        .withData("waiting", answer.state().waiting());
        if (answer.reason() != null) {
            response.withData("reason", answer.reason());
        }
        return response.build();
    }
}
