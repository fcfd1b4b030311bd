package org.cabstand.benchmarks.report;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one run of a suite, and its conditions; saved as JSON.
 *
 * @param suite its name
 * @param conditions the machine, and the duration of the run
 * @param tables the figures
 */
public record Results(String suite, String conditions, List<Table> tables) {

    public void write(Path directory) throws IOException {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Table table : tables) {
            JsonArrayBuilder rows = Json.createArrayBuilder();
            for (String situation : table.situations()) {
                for (String variant : table.variants()) {
                    rows.add(
                            Json.createObjectBuilder()
                                    .add("situation", situation)
                                    .add("variant", variant)
                                    .add(
                                            "samples",
                                            Json.createArrayBuilder(
                                                    table.samples(situation, variant))));
                }
            }
            all.add(
                    Json.createObjectBuilder()
                            .add("id", table.id)
                            .add("title", table.title)
                            .add("unit", table.unit)
                            .add("ours", table.ours == null ? "" : table.ours)
                            .add("rows", rows));
        }
        Files.createDirectories(directory);
        try (JsonWriter writer =
                Json.createWriter(Files.newOutputStream(directory.resolve(suite + ".json")))) {
            writer.writeObject(
                    Json.createObjectBuilder()
                            .add("suite", suite)
                            .add("conditions", conditions)
                            .add("tables", all)
                            .build());
        }
    }

    public static Results read(Path file) throws IOException {
        JsonObject root;
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            root = reader.readObject();
        }
        List<Table> tables = new ArrayList<>();
        for (JsonObject each : root.getJsonArray("tables").getValuesAs(JsonObject.class)) {
            String ours = each.getString("ours");
            Table table =
                    new Table(
                            each.getString("id"),
                            each.getString("title"),
                            each.getString("unit"),
                            ours.isEmpty() ? null : ours);
            for (JsonObject row : each.getJsonArray("rows").getValuesAs(JsonObject.class)) {
                JsonArray samples = row.getJsonArray("samples");
                for (JsonNumber sample : samples.getValuesAs(JsonNumber.class)) {
                    table.add(
                            row.getString("situation"),
                            row.getString("variant"),
                            sample.doubleValue());
                }
            }
            tables.add(table);
        }
        return new Results(root.getString("suite"), root.getString("conditions"), tables);
    }
}
