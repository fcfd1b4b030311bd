package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** An entry that cannot be stored; answered as 400 with the reasons, each with the field that it is about. */
class InvalidDraftException extends BadRequestException {

    private static final long serialVersionUID = 1L;

    InvalidDraftException(String reason) {
        super(reason, answer(reason, Map.of()));
    }

    InvalidDraftException(Map<String, String> faults) {
        super(String.join(" ", faults.values()), answer(String.join(" ", faults.values()), faults));
    }

    private static Response answer(String reason, Map<String, String> faults) {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        faults.forEach(fields::add);
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON)
                .entity(
                        Json.createObjectBuilder()
                                .add("error", reason)
                                .add("fields", fields)
                                .build())
                .build();
    }
}
