package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Another bean of the same request, with a wider scope even. */
@ApplicationScoped
public class Colleague {

    @Inject Connection connection;

    String transaction() throws SQLException {
        return Sql.single(connection, "select txid_current()");
    }

    long count(String id) throws SQLException {
        return Sql.countWork(connection, id);
    }

    String name() {
        return "colleague";
    }
}
