package org.cabstand.examples.flask;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** {@code engine.pool.status()}; borrows nothing. */
@Path("pools/{pool}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PoolStatus {

    /** Connections that are checked out and checked in, requests that wait, and check-outs so far. */
    public record Status(long checkedOut, long checkedIn, long waiting, long checkOuts) {}

    @Inject @Any Instance<DataSource> pools;

    @GET
    public Status status(@PathParam("pool") String pool) throws SQLException {
        AgroalDataSourceMetrics metrics =
                pools.select(Pool.Literal.of(pool))
                        .get()
                        .unwrap(AgroalDataSource.class)
                        .getMetrics();
        return new Status(
                metrics.activeCount(),
                metrics.availableCount(),
                metrics.awaitingCount(),
                metrics.acquireCount());
    }
}
