package org.cabstand.it.app;

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

/** Tells how a pool is, and borrows nothing for it. */
@Path("pool/{name}")
@RequestScoped
public class PoolResource {

    @Inject @Any Instance<DataSource> dataSources;

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String state(@PathParam("name") String name) throws SQLException {
        AgroalDataSource pool =
                dataSources.select(Pool.Literal.of(name)).get().unwrap(AgroalDataSource.class);
        AgroalDataSourceMetrics metrics = pool.getMetrics();
        return "active="
                + metrics.activeCount()
                + "\nidle="
                + metrics.availableCount()
                + "\nmax="
                + pool.getConfiguration().connectionPoolConfiguration().maxSize()
                + "\nacquired="
                + metrics.acquireCount()
                + "\n";
    }
}
