package org.cabstand.examples.quickstart;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The state of the pool, for the picture on the page.
 *
 * <p>It reads counters and borrows nothing, because an observer must not stand in the queue itself.
 */
@Path("pool")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StandResource {

    @Inject
    @Pool("guestbook")
    DataSource guestbook;

    @Inject
    @ConfigProperty(name = "cabstand.pool.guestbook.url")
    String url;

    @GET
    public JsonObject state() throws SQLException {
        AgroalDataSource pool = guestbook.unwrap(AgroalDataSource.class);
        AgroalDataSourceMetrics metrics = pool.getMetrics();
        return Json.createObjectBuilder()
                .add("name", "guestbook")
                .add("database", product())
                .add("active", metrics.activeCount())
                .add("idle", metrics.availableCount())
                .add("waiting", metrics.awaitingCount())
                .add("max", pool.getConfiguration().connectionPoolConfiguration().maxSize())
                .build();
    }

    /** {@code postgresql} from {@code jdbc:postgresql://…}; the rest may be confidential. */
    private String product() {
        return url.split(":", 3)[1];
    }
}
