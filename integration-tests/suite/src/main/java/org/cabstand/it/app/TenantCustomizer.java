package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.ConnectionCustomizer;

/** Tells the database whose request it is: for its application's, always the same tenant. */
@ApplicationScoped
public class TenantCustomizer implements ConnectionCustomizer {

    @Override
    public void customize(String pool, Connection connection) throws SQLException {
        Sql.execute(connection, "set application_name = 'customized'");
    }
}
