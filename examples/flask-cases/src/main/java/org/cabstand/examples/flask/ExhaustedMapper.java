package org.cabstand.examples.flask;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.cabstand.PoolExhaustedException;

/**
 * {@code @app.errorhandler(sqlalchemy.exc.TimeoutError)}.
 *
 * <p>The message is shown because this case is about it; elsewhere it belongs in the log.
 */
@Provider
public class ExhaustedMapper implements ExceptionMapper<PoolExhaustedException> {

    @Override
    public Response toResponse(PoolExhaustedException exhausted) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.TEXT_PLAIN)
                .entity(exhausted.getMessage())
                .build();
    }
}
