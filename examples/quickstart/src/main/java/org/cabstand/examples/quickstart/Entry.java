package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.OffsetDateTime;

/** One entry of the guest book, as it is stored. */
record Entry(long id, String author, String message, OffsetDateTime written) {

    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("author", author)
                .add("message", message)
                .add("written", written.toInstant().toString())
                .build();
    }
}
