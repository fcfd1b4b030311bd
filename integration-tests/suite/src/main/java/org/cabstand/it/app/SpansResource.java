package org.cabstand.it.app;

import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/** Runs SQL, and says which trace that is in. */
@Path("spans/{pool}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class SpansResource {

    @Inject @Any Instance<Connection> connections;

    @GET
    public String run(@PathParam("pool") String pool, @QueryParam("sql") String sql) {
        try {
            Sql.execute(connections.select(Pool.Literal.of(pool)).get(), sql);
        } catch (SQLException e) {
            // the span tells
        }
        return Span.current().getSpanContext().getTraceId();
    }
}
