package org.cabstand.it.app;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Fails the start of its application when the pools have started. */
@ApplicationScoped
public class FailingObserver {

    private static final int LATE = 10_000;

    void fail(
            @Observes @Priority(LATE) @Initialized(ApplicationScoped.class) Object event,
            @Any Instance<DataSource> dataSources)
            throws SQLException {
        for (DataSource dataSource : dataSources) {
            try (Connection connection = dataSource.getConnection()) {
                Sql.single(connection, "select 1");
            }
        }
        throw new IllegalStateException(FailingStartup.MESSAGE);
    }
}
