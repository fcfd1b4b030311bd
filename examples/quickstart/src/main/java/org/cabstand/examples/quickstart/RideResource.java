package org.cabstand.examples.quickstart;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.cabstand.Pool;

/** One request that keeps its connection for a moment, so that there is something to see. */
@Path("ride")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RideResource {

    private static final Duration WORK = Duration.ofMillis(300);

    @Inject
    @Pool("guestbook")
    Connection db;

    @Inject GuestbookTable table;

    @GET
    public JsonObject ride() throws SQLException, InterruptedException {
        table.createIfMissing(db);
        try (PreparedStatement count = db.prepareStatement("select count(*) from guestbook");
                ResultSet row = count.executeQuery()) {
            row.next();
            Thread.sleep(WORK.toMillis());
            return Json.createObjectBuilder().add("entries", row.getLong(1)).build();
        }
    }
}
