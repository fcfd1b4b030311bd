package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An entry that cannot be stored; answered as 400 with the reason and the field it is about. */
class InvalidDraftException extends BadRequestException {

    private static final long serialVersionUID = 1L;

    InvalidDraftException(String fieldOrNull, String reason) {
        super(reason, answer(fieldOrNull, reason));
    }

    private static Response answer(String fieldOrNull, String reason) {
        JsonObjectBuilder problem = Json.createObjectBuilder().add("error", reason);
        if (fieldOrNull != null) {
            problem.add("field", fieldOrNull);
        }
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON)
                .entity(problem.build())
                .build();
    }
}
