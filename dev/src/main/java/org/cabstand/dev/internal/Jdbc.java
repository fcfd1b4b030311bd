package org.cabstand.dev.internal;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Uses a database through the application's driver.
 *
 * <p>Thread safety: stateless.
 */
final class Jdbc {

    private Jdbc() {}

    static Connection connect(
            String driver, ClassLoader loader, String url, String user, String password)
            throws SQLException {
        Properties login = new Properties();
        if (user != null) {
            login.setProperty("user", user);
        }
        if (password != null) {
            login.setProperty("password", password);
        }
        try {
            Driver found =
                    (Driver)
                            Class.forName(driver, true, loader)
                                    .getDeclaredConstructor()
                                    .newInstance();
            return found.connect(url, login);
        } catch (ReflectiveOperationException e) {
            throw new SQLException(driver + " cannot be used", e);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
