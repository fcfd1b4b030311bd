package org.cabstand.it.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.cabstand.Pool;

/**
 * Beans of a request that commit in their {@code @PreDestroy} what the request left open, and write once
 * more then.
 *
 * <p>All are alike but for their names: a container destroys the beans of a request in an order of its own,
 * some of them before the connection and some after it.
 */
public abstract class LastWords {

    /** Their outcomes; beans of the request are gone by then. */
    @ApplicationScoped
    public static class Outcomes {

        private final Map<String, Set<String>> byId = new ConcurrentHashMap<>();

        void add(String id, String outcome) {
            byId.computeIfAbsent(id, each -> new ConcurrentSkipListSet<>()).add(outcome);
        }

        Set<String> of(String id) {
            return byId.getOrDefault(id, Set.of());
        }
    }

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject Outcomes outcomes;

    private String id;

    void announce(String requestId) {
        this.id = requestId;
    }

    @PreDestroy
    void commit() {
        if (id == null) {
            return;
        }
        String name = getClass().getSimpleName();
        name = name.contains("_$$") || name.contains("$Proxy") ? "proxy" : name;
        try {
            if (connection.getAutoCommit()) {
                connection.setAutoCommit(false);
            }
            Sql.insertWork(connection, id + "-" + name);
            connection.commit();
            outcomes.add(id, name);
        } catch (SQLException | RuntimeException e) {
            outcomes.add(id, name + ": " + e);
        }
    }

    /** One. */
    @RequestScoped
    public static class Anna extends LastWords {}

    /** Another one. */
    @RequestScoped
    public static class Berta extends LastWords {}

    /** Another one. */
    @RequestScoped
    public static class Walther extends LastWords {}

    /** Another one. */
    @RequestScoped
    public static class Zacharias extends LastWords {}

    /** One that belongs to a bean of the request. */
    @Dependent
    public static class Page extends LastWords {}

    /** Whom the page belongs to. */
    @RequestScoped
    public static class Knight {

        @Inject Page page;

        void announce(String requestId) {
            page.announce(requestId);
        }
    }
}
