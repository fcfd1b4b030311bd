package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;

/**
 * An entry of a visitor that fits into the table.
 *
 * <p>The text is stored as it is, tags included: whoever shows it must escape it.
 */
record Draft(String author, String message) {

    /** The limit in the table, in UTF-16 units, as the page's {@code maxlength} and H2 count. */
    static final int AUTHOR_LENGTH = 80;

    /** As in the table. */
    static final int MESSAGE_LENGTH = 500;

    /**
     * Reads and checks the request's body.
     *
     * @throws InvalidDraftException naming the first field that does not fit, and why
     */
    static Draft parse(String json) {
        JsonObject object = object(json);
        String author = text(object, "author", AUTHOR_LENGTH);
        if (author.lines().count() > 1) {
            throw new InvalidDraftException("author", "author must be a single line.");
        }
        return new Draft(author, text(object, "message", MESSAGE_LENGTH));
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonStructure structure = reader.read();
            if (structure.getValueType() == JsonValue.ValueType.OBJECT) {
                return structure.asJsonObject();
            }
        } catch (JsonException e) {
            throw new InvalidDraftException(null, "The body is not valid JSON.");
        }
        throw new InvalidDraftException(
                null, "The body must be a JSON object with author and message.");
    }

    private static String text(JsonObject object, String field, int longest) {
        if (!(object.get(field) instanceof JsonString string)) {
            throw new InvalidDraftException(field, field + " is missing or no text.");
        }
        String text = string.getString().strip();
        if (text.isEmpty()) {
            throw new InvalidDraftException(field, field + " must not be empty.");
        }
        if (text.length() > longest) {
            throw new InvalidDraftException(
                    field,
                    field + " has " + text.length() + " characters, " + longest + " are allowed.");
        }
        // PostgreSQL stores no NUL, and nobody wants to read the others
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
            throw new InvalidDraftException(field, field + " must not hold control characters.");
        }
        return text;
    }
}
