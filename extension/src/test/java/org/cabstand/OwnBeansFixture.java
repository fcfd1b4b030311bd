package org.cabstand;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Pools, and a data source that is the application's own. */
abstract class OwnBeansFixture {

    static Map<String, String> pools(String... names) {
        Map<String, String> properties = new HashMap<>();
        for (String name : names) {
            properties.put("cabstand.pool." + name + ".url", "jdbc:h2:mem:" + name);
        }
        return properties;
    }

    static JdbcDataSource own() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:own");
        return source;
    }

    static String databaseOf(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    /** Deploys, and says which fault there is, if any. */
    static String faultOf(Map<String, String> properties, Class<?>... beans) {
        Throwable thrown = catchThrowable(() -> TestApplication.start(properties, beans).close());
        return thrown == null ? "none" : thrown.getMessage();
    }
}
