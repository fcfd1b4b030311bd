package org.cabstand.examples.flask;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.Pool;

/** The functions of a Flask application that call {@code get_db()}. */
@ApplicationScoped
public class Users {

    /** The connection of the current request, the same as in all other beans. */
    @Inject
    @Pool("psycopg2")
    Connection db;

    void add(String name) throws SQLException {
        try (PreparedStatement insert = db.prepareStatement("insert into users values (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    List<String> names() throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select name from users order by 1");
                ResultSet rows = select.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
