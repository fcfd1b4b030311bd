package org.cabstand.it.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.Pool;

/** A request's bean that works in the database when it is destroyed, and leaves that work unfinished. */
@RequestScoped
public class Farewell {

    /** Its outcome; beans of the request are gone by then. */
    @ApplicationScoped
    public static class Outcomes {

        private final Map<String, String> byId = new ConcurrentHashMap<>();

        void put(String id, String outcome) {
            byId.put(id, outcome);
        }

        String of(String id) {
            return byId.getOrDefault(id, "not destroyed");
        }
    }

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject Outcomes outcomes;

    private String id;

    void announce(String farewellId) {
        this.id = farewellId;
    }

    @PreDestroy
    void leaveUnfinished() {
        try {
            Work.insertUnfinished(connection, id);
            outcomes.put(id, "worked");
        } catch (SQLException | RuntimeException e) {
            outcomes.put(id, e.toString());
        }
    }
}
