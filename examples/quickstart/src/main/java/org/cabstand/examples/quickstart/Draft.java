package org.cabstand.examples.quickstart;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

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
     * @throws InvalidDraftException naming everything that does not fit, and why
     */
    static Draft parse(String json) {
        JsonObject object = object(json);
        Draft draft = new Draft(text(object, "author"), text(object, "message"));
        Map<String, String> faults = new LinkedHashMap<>();
        String name = fault(draft.author, "Your name", AUTHOR_LENGTH);
        if (name == null && draft.author.lines().count() > 1) {
            name = "Your name must be a single line.";
        }
        note(faults, "author", name);
        note(faults, "message", fault(draft.message, "Your message", MESSAGE_LENGTH));
        if (!faults.isEmpty()) {
            throw new InvalidDraftException(faults);
        }
        return draft;
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonStructure structure = reader.read();
            if (structure.getValueType() == JsonValue.ValueType.OBJECT) {
                return structure.asJsonObject();
            }
        } catch (JsonException e) {
            throw new InvalidDraftException("The body is not valid JSON.");
        }
        throw new InvalidDraftException("The body must be a JSON object with author and message.");
    }

    /** Empty for what is no text. */
    private static String text(JsonObject object, String field) {
        return object.get(field) instanceof JsonString string ? string.getString().strip() : "";
    }

    /**
     * Why a text does not fit; null if it does.
     *
     * @param label as the page calls the field
     */
    private static String fault(String text, String label, int longest) {
        if (text.isEmpty()) {
            return label + " must not be empty.";
        }
        if (text.length() > longest) {
            return label + " has " + text.length() + " characters, " + longest + " are allowed.";
        }
        // PostgreSQL stores no NUL, and nobody wants to read the others
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
            return label + " must not hold control characters.";
        }
        return null;
    }

    private static void note(Map<String, String> faults, String field, String fault) {
        if (fault != null) {
            faults.put(field, fault);
        }
    }
}
