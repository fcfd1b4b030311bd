package org.cabstand.examples.quickstart;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.cabstand.Pool;

/**
 * Stores and lists the entries.
 *
 * <p>The connection belongs to this request: it is borrowed for the first statement and is back at
 * the stand when the request ends, whatever happens in between. So no code here opens or closes
 * one.
 */
@Path("entries")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class GuestbookResource {

    private static final int SHOWN = 50;

    @Inject
    @Pool("guestbook")
    Connection db;

    @Inject GuestbookTable table;

    @GET
    public JsonArray newestFirst() throws SQLException {
        table.createIfMissing(db);
        try (PreparedStatement select =
                db.prepareStatement(
                        "select id, author, message, written from guestbook order by id desc"
                                + " fetch first ? rows only")) {
            select.setInt(1, SHOWN);
            JsonArrayBuilder entries = Json.createArrayBuilder();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(
                            new Entry(
                                            rows.getLong("id"),
                                            rows.getString("author"),
                                            rows.getString("message"),
                                            rows.getObject("written", OffsetDateTime.class))
                                    .toJson());
                }
            }
            return entries.build();
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(String json) throws SQLException {
        Draft draft = Draft.parse(json);
        table.createIfMissing(db);
        try (PreparedStatement insert =
                db.prepareStatement(
                        "insert into guestbook (author, message) values (?, ?)",
                        new String[] {"id", "written"})) {
            insert.setString(1, draft.author());
            insert.setString(2, draft.message());
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                Entry entry =
                        new Entry(
                                key.getLong("id"),
                                draft.author(),
                                draft.message(),
                                key.getObject("written", OffsetDateTime.class));
                return Response.status(Response.Status.CREATED).entity(entry.toJson()).build();
            }
        }
    }
}
