package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.cabstand.Pool;

/** Lets more threads wait for a connection of {@code orders} than a server has. */
@Path("crowd/{size}")
@ApplicationScoped
public class CrowdResource {

    @Inject
    @Pool("orders")
    DataSource orders;

    private final List<Thread> crowd = new CopyOnWriteArrayList<>();

    /** Zero sends all of them away. */
    @GET
    public String gather(@PathParam("size") int size) {
        if (size == 0) {
            crowd.forEach(Thread::interrupt);
            crowd.clear();
        }
        Stream.generate(() -> new Thread(this::stand, "<b>waiter</b>"))
                .limit(size)
                .forEach(
                        thread -> {
                            crowd.add(thread);
                            thread.setDaemon(true);
                            thread.start();
                        });
        return "gathered";
    }

    private void stand() {
        try {
            orders.getConnection().close();
        } catch (SQLException e) {
            Thread.currentThread().interrupt(); // sent away
        }
    }
}
