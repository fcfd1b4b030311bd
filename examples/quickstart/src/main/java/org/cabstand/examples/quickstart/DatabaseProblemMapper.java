package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/**
 * Answers 503 if the database fails; the page then tries again.
 *
 * <p>The reason goes only to the log: visitors do not need the name of our database server.
 */
@Provider
public class DatabaseProblemMapper implements ExceptionMapper<SQLException> {

    private static final Logger LOG = System.getLogger(DatabaseProblemMapper.class.getName());

    @Override
    public Response toResponse(SQLException problem) {
        LOG.log(Level.WARNING, problem::toString);
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, 2)
                .type(MediaType.APPLICATION_JSON)
                .entity(
                        Json.createObjectBuilder()
                                .add("error", "The guest book's database does not answer.")
                                .build())
                .build();
    }
}
