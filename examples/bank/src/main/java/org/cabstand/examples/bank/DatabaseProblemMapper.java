package org.cabstand.examples.bank;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Answers 503 if the database cannot even be asked for the outcome of a transfer. */
@Provider
public class DatabaseProblemMapper implements ExceptionMapper<SQLException> {

    private static final Logger LOG = System.getLogger(DatabaseProblemMapper.class.getName());

    @Override
    public Response toResponse(SQLException problem) {
        LOG.log(Level.WARNING, "the database cannot be asked", problem);
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.TEXT_PLAIN)
                .entity("The database does not answer. Send the same again: it is booked once.\n")
                .build();
    }
}
